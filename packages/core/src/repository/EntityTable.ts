import { Effect } from "effect"
import type * as z from "zod"
import { quickWaysOf, unusual } from "../domain/quick.ts"
import { quickRowsOf, type RowValues } from "../domain/quickRows.ts"
import { snakeCase } from "../domain/snakeCase.ts"
import { type ListPart, listParserFor, parserFor } from "./parsing.ts"
import type { ListQuery, Stored } from "./Repository.ts"
import { RepositoryError, type RepositoryFailure } from "./RepositoryError.ts"

/** A row as a driver takes and gives it: columns in snake_case. */
export type Row = Readonly<Record<string, unknown>>

/**
 * What every store needs to know of the table of an entity, so that each checks and decodes alike. Every function fails
 * with `RowInvalid` for what does not fit.
 */
export interface EntityTable<Entity, Input, Changes, Filter> {
  /** Its name in the database. */
  readonly name: string
  /** The columns that an entity is read from, without `version`. */
  readonly columns: ReadonlyArray<string>
  /** The columns of an `INSERT`; those that the database fills in are not named. */
  readonly insertOf: (input: Input) => Effect.Effect<Row, RepositoryError>
  /** The same for many, in their order. */
  readonly insertsOf: (inputs: ReadonlyArray<Input>) => Effect.Effect<ReadonlyArray<Row>, RepositoryError>
  /** The columns of an `UPDATE`: maybe none. */
  readonly updateOf: (changes: Changes) => Effect.Effect<Row, RepositoryError>
  /** The entity of a row that has all of the columns and `version`; other columns are left alone. */
  readonly entityOf: (row: Row) => Effect.Effect<Stored<Entity>, RepositoryError>
  /** The entities of rows, in their order. */
  readonly entitiesOf: (rows: ReadonlyArray<Row>) => Effect.Effect<ReadonlyArray<Stored<Entity>>, RepositoryError>
  /** The same by their values alone: of the columns and of `version`, in this order; others behind are left alone. */
  readonly entitiesOfValues: (
    rows: ReadonlyArray<RowValues>
  ) => Effect.Effect<ReadonlyArray<Stored<Entity>>, RepositoryError>
  readonly filterOf: (filter: Filter | undefined) => Effect.Effect<Filter, RepositoryError>
  readonly listOf: (query: ListQuery<Filter> | undefined) => Effect.Effect<ListPart<Filter>, RepositoryError>
  /** A failure of its repository. */
  readonly failure: (reason: RepositoryFailure) => RepositoryError
}

/** See {@link EntityTable}; every field of `filter` is optional. */
export const entityTable = <
  RowSchema extends z.ZodObject,
  Public extends z.ZodObject,
  Input,
  Changes,
  Filter extends object
>(declared: {
  readonly name: string
  readonly codec: z.ZodCodec<RowSchema, Public>
  readonly insert: z.ZodType<Row, Input>
  readonly update: z.ZodType<Row, Changes>
  readonly filter: z.ZodType<Filter>
}): EntityTable<z.output<Public>, Input, Changes, Filter> => {
  const { codec, filter, insert, name, update } = declared
  const columns = Object.keys(codec.out.shape).map(snakeCase)
  const parse = parserFor(name)
  const quickInsert = quickWaysOf(insert).decode
  const names = [...columns, "version"]
  // What is not unusual is what the codec gives, and the trigger writes nothing but numbers into the version.
  const quickEntities = quickRowsOf(codec, ["version"]) as (
    rows: ReadonlyArray<RowValues>
  ) => ReadonlyArray<Stored<z.output<Public>>> | typeof unusual
  const parsed = (values: RowValues) => {
    const own = Object.fromEntries(columns.map((column, index) => [column, values[index]]))
    return Effect.map(
      parse(codec, own),
      (entity) => ({ ...entity, version: values[columns.length] }) as Stored<z.output<Public>>
    )
  }
  const entitiesOfValues = (rows: ReadonlyArray<RowValues>) =>
    Effect.suspend(() => {
      const quick = quickEntities(rows)
      return quick === unusual ? Effect.forEach(rows, parsed) : Effect.succeed(quick)
    })
  const valuesOf = (row: Row) => names.map((name) => row[name])
  const insertOf = (input: Input) => parse(insert, input)
  return {
    name,
    columns,
    failure: (reason) => new RepositoryError({ table: name, reason }),
    insertOf,
    // As above, of the other schema.
    insertsOf: allBy((input) => quickInsert(input) as Row | typeof unusual, insertOf),
    updateOf: (changes) => parse(update, changes),
    // One row in gives one entity out.
    entityOf: (row) => Effect.map(entitiesOfValues([valuesOf(row)]), ([entity]) => entity as Stored<z.output<Public>>),
    entitiesOf: (rows) => entitiesOfValues(rows.map(valuesOf)),
    entitiesOfValues,
    filterOf: (given) => parse(filter, given ?? {}),
    listOf: listParserFor(name, filter)
  }
}

/** Everything by the short way where all of it can go there, and one by one where not. */
const allBy =
  <In, Out, E>(quick: (value: In) => Out | typeof unusual, each: (value: In) => Effect.Effect<Out, E>) =>
  (values: ReadonlyArray<In>): Effect.Effect<ReadonlyArray<Out>, E> =>
    Effect.suspend(() => {
      const results: Array<Out> = []
      for (const value of values) {
        const result = quick(value)
        if (result === unusual) return Effect.forEach(values, each)
        results.push(result)
      }
      return Effect.succeed(results)
    })
