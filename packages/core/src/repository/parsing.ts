/** What repositories are given is parsed here, and nowhere else. */
import { Effect, Option } from "effect"
import type * as z from "zod"
import { quickWaysOf, unusual } from "../domain/quick.ts"
import { Uuid } from "../domain/values.ts"
import { CursorUnknown, decodeListCursor, type ListPosition } from "./listCursor.ts"
import { ListLimit, type ListQuery } from "./Repository.ts"
import { RepositoryError, RowInvalid } from "./RepositoryError.ts"

/** Parses for a table: what does not fit the schema fails with `RowInvalid`. */
export const parserFor =
  (table: string) =>
  <Out>(schema: z.ZodType<Out>, value: unknown): Effect.Effect<Out, RepositoryError> => {
    const quick = quickWaysOf(schema).decode(value)
    // The short way gives what the schema gives.
    if (quick !== unusual) return Effect.succeed(quick as Out)
    const result = schema.safeParse(value)
    if (result.success) return Effect.succeed(result.data)
    return Effect.fail(new RepositoryError({ table, reason: new RowInvalid({ cause: result.error }) }))
  }

/** A part of a list, ready for a query. */
export interface ListPart<Filter> {
  readonly filter: Filter
  readonly limit: number
  readonly after: Option.Option<ListPosition>
}

/** Parses queries for the list of a table or view. */
export const listParserFor = <Filter extends object>(table: string, schema: z.ZodType<Filter>) => {
  const parse = parserFor(table)
  return Effect.fnUntraced(function* (
    query: ListQuery<Filter> = {}
  ): Effect.fn.Return<ListPart<Filter>, RepositoryError> {
    const filter = yield* parse(schema, query.filter ?? {})
    const limit = yield* parse(ListLimit, query.limit)
    if (query.after === undefined) return { filter, limit, after: Option.none() }
    const after = decodeListCursor(table, filter, query.after)
    if (Option.isSome(after)) return { filter, limit, after }
    return yield* new RepositoryError({ table, reason: new RowInvalid({ cause: new CursorUnknown() }) })
  })
}

const { decode: uuidOf } = quickWaysOf(Uuid)

/** The id in the form in which rows hold it; none for a text that is no UUID and so is the id of no row. */
export const rowIdOf = (id: string): Option.Option<string> => {
  const rowId = uuidOf(id)
  // What is not unusual is what the schema gives.
  return rowId === unusual ? Option.none() : Option.some(rowId as string)
}
