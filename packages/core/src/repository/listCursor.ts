/** Cursors of lists: where a page ended, and of which list. */
import { Option } from "effect"
import * as z from "zod"
import { canonicalJson } from "../pipeline/canonicalJson.ts"
import { hashText } from "../pipeline/sha256.ts"

/** The last row of a page; the next one begins behind it. */
export interface ListPosition {
  /** Microseconds since 1970 of its `created_at`, as fine as Postgres keeps it. */
  readonly createdMicros: number
  readonly id: string
}

/** A cursor that was not given by the list, under its filter, that it was handed to. */
export class CursorUnknown extends Error {
  override readonly name = "CursorUnknown"
  override readonly message = "The cursor was not given by this list under this filter"
}

const Cursor = z.templateLiteral([z.int().min(0), ".", z.guid(), ".", z.string().regex(/^[0-9a-f]{16}$/)])

/** The cursor of a position in the list of `table` under `filter`. */
export const encodeListCursor = (table: string, filter: object, { createdMicros, id }: ListPosition): string => {
  const place = `${createdMicros}.${id}`
  // Guards against mistakes and no one's malice, so that a short hash will do: what a cursor shows is its list's anyway.
  return `${place}.${hashText(`${table} ${canonicalJson(filter, () => "")} ${place}`).slice(0, 16)}`
}

/** The position that a cursor stands for; none for a text that {@link encodeListCursor} did not give for this list. */
export const decodeListCursor = (table: string, filter: object, cursor: string): Option.Option<ListPosition> => {
  if (!Cursor.safeParse(cursor).success) return Option.none()
  const [createdMicros = "", id = ""] = cursor.split(".")
  const position = { createdMicros: Number(createdMicros), id }
  return encodeListCursor(table, filter, position) === cursor ? Option.some(position) : Option.none()
}
