/** Cursors of lists: where a page ended, and of which list. */
import { Option } from "effect"
import * as z from "zod"
import { canonicalJson } from "../pipeline/canonicalJson.ts"

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
  return `${place}.${quickHash(`${table} ${canonicalJson(filter, () => "")} ${place}`)}`
}

/**
 * 64 bits of a text, as 16 digits. Guards against mistakes and no one's malice, so that a hash that anyone could match
 * will do: what a cursor shows is its list's anyway.
 */
const quickHash = (text: string): string => {
  // Two lanes of FNV-1a, which are mixed with each other at the end as MurmurHash3 mixes.
  let [one, other] = [0x811c9dc5, 0x01000193]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ code, 0x85ebca6b)
  }
  one = mixed(one ^ (other >>> 16))
  other = mixed(other ^ one)
  return [one, other].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("")
}

const mixed = (lane: number): number => {
  const half = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b)
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35)
  return whole ^ (whole >>> 16)
}

/** The position that a cursor stands for; none for a text that {@link encodeListCursor} did not give for this list. */
export const decodeListCursor = (table: string, filter: object, cursor: string): Option.Option<ListPosition> => {
  if (!Cursor.safeParse(cursor).success) return Option.none()
  const [createdMicros = "", id = ""] = cursor.split(".")
  const position = { createdMicros: Number(createdMicros), id }
  return encodeListCursor(table, filter, position) === cursor ? Option.some(position) : Option.none()
}
