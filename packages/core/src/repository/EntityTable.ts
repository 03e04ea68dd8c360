import { Effect, Option } from "effect"
import type * as z from "zod"
import { snakeCase } from "../domain/snakeCase.ts"
import { Uuid } from "../domain/values.ts"
import { decodeListCursor, type ListPosition } from "./listCursor.ts"
import { ListLimit, type ListQuery, type Stored } from "./Repository.ts"
import { RepositoryError, RowInvalid } from "./RepositoryError.ts"

/** A row as a driver takes and gives it: columns in snake_case. */
export type Row = Readonly<Record<string, unknown>>

/** A part of a list, ready for a query. */
export interface ListPart<Filter> {
  readonly filter: Filter
  readonly limit: number
  readonly after: Option.Option<ListPosition>
}

/**
 * What every store needs to know of the table of an entity, so that each checks and decodes alike. Every function fails
 * with `RowInvalid` for what does not fit.
 */
export interface EntityTable<Entity, Input, Changes, Filter> {
  /** Its name in the database. */
  readonly name: string
  /** The columns that a row of the entity is read from, without `version`. */
  readonly columns: ReadonlyArray<string>
  /** The columns of an `INSERT`; those that the database fills in are not named. */
  readonly insertOf: (input: Input) => Effect.Effect<Row, RepositoryError>
  /** The columns of an `UPDATE`: maybe none. */
  readonly updateOf: (changes: Changes) => Effect.Effect<Row, RepositoryError>
  /** The entity of a row that has {@link columns} and `version`; other columns are left alone. */
  readonly entityOf: (row: Row) => Effect.Effect<Stored<Entity>, RepositoryError>
  readonly filterOf: (filter: Filter | undefined) => Effect.Effect<Filter, RepositoryError>
  readonly listOf: (query: ListQuery<Filter> | undefined) => Effect.Effect<ListPart<Filter>, RepositoryError>
  /** Fails every call of its repository. */
  readonly failure: (reason: RepositoryError["reason"]) => RepositoryError
}

/** The id in the form in which rows hold it; none for a text that is no UUID and so is the id of no row. */
export const rowIdOf = (id: string): Option.Option<string> => {
  const parsed = Uuid.safeParse(id)
  return parsed.success ? Option.some(parsed.data) : Option.none()
}

/** See {@link EntityTable}; `filter` has every field optional. */
export const entityTable = <
  Row_ extends z.ZodObject,
  Public extends z.ZodObject,
  Input,
  Changes,
  Filter extends object
>({
  codec,
  filter: filterSchema,
  insert,
  name,
  update
}: {
  readonly name: string
  readonly codec: z.ZodCodec<Row_, Public>
  readonly insert: z.ZodType<Row, Input>
  readonly update: z.ZodType<Row, Changes>
  readonly filter: z.ZodType<Filter>
}): EntityTable<z.output<Public>, Input, Changes, Filter> => {
  const columns = Object.keys(codec.out.shape).map(snakeCase)
  const failure = (reason: RepositoryError["reason"]) => new RepositoryError({ table: name, reason })
  const invalid = (cause: unknown) => failure(new RowInvalid({ cause }))
  const parsed = <Out>(schema: z.ZodType<Out>, value: unknown): Effect.Effect<Out, RepositoryError> => {
    const result = schema.safeParse(value)
    return result.success ? Effect.succeed(result.data) : Effect.fail(invalid(result.error))
  }
  const filterOf = (filter: Filter | undefined) => parsed(filterSchema, filter ?? {})
  return {
    name,
    columns,
    failure,
    filterOf,
    insertOf: (input) => parsed(insert, input),
    updateOf: (changes) => parsed(update, changes),
    entityOf: ({ version, ...row }) =>
      Effect.map(parsed(codec, Object.fromEntries(columns.map((column) => [column, row[column]]))), (entity) => ({
        ...entity,
        version: version as number
      })),
    listOf: Effect.fnUntraced(function* ({ after, filter: wanted, limit } = {}) {
      const filter = yield* filterOf(wanted)
      if (after === undefined) return { filter, limit: yield* parsed(ListLimit, limit), after: Option.none() }
      const position = decodeListCursor(name, filter, after)
      if (Option.isNone(position)) return yield* invalid(new Error("The cursor is none of this list and filter"))
      return { filter, limit: yield* parsed(ListLimit, limit), after: position }
    })
  }
}
