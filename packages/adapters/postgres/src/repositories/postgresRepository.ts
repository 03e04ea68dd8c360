import {
  type EntityTable,
  type ListPosition,
  type Repository,
  type Row,
  RowMissing,
  type RowValues,
  rowIdOf,
  StaleVersion,
  type Stored,
  type WriteOptions
} from "@timegrid/core/repository"
import { Effect, Option, Stream } from "effect"
import type { Statement } from "effect/sql"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { qualifiedText } from "../database/qualifiedName.ts"
import { type Conditions, conditionsOf, type Values } from "./conditions.ts"
import { columnList, givenRows, insertedColumns } from "./givenRows.ts"
import { behind, createdMicros, cursorBehind, positionOf } from "./keyset.ts"

/** How many rows of a stream are read at once. */
const streamPart = 1000

/** What repositories have in common, for one table. */
export const postgresRepository = <Entity, Input, Changes, Filter extends object>(
  database: PostgresDatabase["Service"],
  table: EntityTable<Entity, Input, Changes, Filter>,
  conditions: Conditions<Filter>
): Repository<Entity, Input, Changes, Filter> => {
  const { count, name, run, sql } = database
  const { entitiesOfValues, failure, filterOf, insertsOf, listOf, updateOf } = table
  const relation = name(table.name)
  const columns = sql.literal(storedColumns(table))
  const first = firstOf(database, table)

  const find = (id: string) =>
    Option.match(rowIdOf(id), {
      onNone: () => Effect.succeedNone,
      onSome: (rowId) => first(sql`SELECT ${columns} FROM ${relation} WHERE id = ${rowId}`)
    })

  const insertMany = Effect.fnUntraced(function* (inputs: ReadonlyArray<Input>) {
    if (inputs.length === 0) return []
    const rows = yield* insertsOf(inputs)
    return yield* entitiesOfValues(yield* run(table.name, insertRows(database, table, rows).values))
  })

  const listed = `SELECT ${storedColumns(table)}, ${createdMicros} FROM ${qualifiedText(database.schema, table.name)}`
  const part = (filter: Filter, limit: number, after: Option.Option<ListPosition>) => {
    const values: Values = []
    const end = behind(conditionsOf(conditions, filter, values), after, limit, values)
    return run(table.name, sql.unsafe(`${listed} ${end}`, values).values)
  }
  const idPlace = table.columns.indexOf("id")
  const placeOf = (values: RowValues) => positionOf({ id: values[idPlace], created_micros: values.at(-1) })

  return {
    find,
    insertMany,
    insert: Effect.fnUntraced(function* (input) {
      const [entity] = yield* insertMany([input])
      // One row in gives one row out.
      return entity as Stored<Entity>
    }),
    get: (id) =>
      Effect.flatMap(
        find(id),
        Option.match({ onNone: () => Effect.fail(failure(new RowMissing({ id }))), onSome: Effect.succeed })
      ),
    update: Effect.fnUntraced(function* (id, changes, options) {
      const row = yield* updateOf(changes)
      const rowId = rowIdOf(id)
      if (Option.isNone(rowId)) return Option.none()
      const updated = yield* first(
        sql`UPDATE ${relation} SET ${assignments(database, table.name, row)}
          WHERE ${hasVersion(sql, rowId.value, options)} RETURNING ${columns}`
      )
      if (Option.isNone(updated)) yield* refuseStale(database, table, rowId.value, options)
      return updated
    }),
    remove: Effect.fnUntraced(function* (id, options) {
      const rowId = rowIdOf(id)
      if (Option.isNone(rowId)) return false
      const removed = yield* count(
        table.name,
        sql`DELETE FROM ${relation} WHERE ${hasVersion(sql, rowId.value, options)}`
      )
      if (removed === 0) yield* refuseStale(database, table, rowId.value, options)
      return removed > 0
    }),
    list: (query) =>
      Effect.flatMap(listOf(query), ({ after, filter, limit }) =>
        Effect.flatMap(part(filter, limit + 1, after), (rows) =>
          Effect.map(entitiesOfValues(rows.length > limit ? rows.slice(0, limit) : rows), (items) => ({
            items,
            nextCursor: cursorBehind(table.name, filter, rows, limit, placeOf)
          }))
        )
      ),
    stream: (wanted) =>
      Stream.unwrap(
        Effect.map(filterOf(wanted), (filter) =>
          Stream.paginate(
            Option.none<ListPosition>(),
            Effect.fnUntraced(function* (after) {
              const rows = yield* part(filter, streamPart, after)
              const items = yield* entitiesOfValues(rows)
              const last = rows.at(-1)
              const isLast = last === undefined || rows.length < streamPart
              return [items, isLast ? Option.none() : Option.some(Option.some(placeOf(last)))]
            })
          )
        )
      )
  }
}

type Named = Pick<EntityTable<unknown, never, never, never>, "columns" | "name">
type Decoding<Entity> = Named & Pick<EntityTable<Entity, never, never, never>, "entityOf">

/** What an entity is read from, as a list in SQL. */
export const storedColumns = ({ columns }: Named): string => columnList([...columns, "version"])

/** The entity of a statement's first row. */
export const firstOf =
  <Entity>({ run }: PostgresDatabase["Service"], { entityOf, name }: Decoding<Entity>) =>
  (statement: Statement.Statement<Row>) =>
    Effect.flatMap(run(name, statement), ([row]) =>
      row === undefined ? Effect.succeedNone : Effect.map(entityOf(row), Option.some)
    )

/** Inserts rows in one statement; what it returns is in their order. */
export const insertRows = (
  database: PostgresDatabase["Service"],
  table: Named,
  rows: ReadonlyArray<Row>
): Statement.Statement<Row> => {
  const { name, sql } = database
  const { columns, values } = insertedColumns(database, rows)
  return sql`INSERT INTO ${name(table.name)} (${columns}) SELECT ${values} FROM ${givenRows(database, table.name, rows)}
    RETURNING ${sql.literal(storedColumns(table))}`
}

/** What follows `SET`; no changes at all write the row as it is, which counts. */
const assignments = (database: PostgresDatabase["Service"], table: string, changes: Row): Statement.Fragment => {
  const { sql } = database
  const names = Object.keys(changes).filter((name) => changes[name] !== undefined)
  if (names.length === 0) return sql.literal("id = id")
  const columns = sql.literal(columnList(names))
  return sql`(${columns}) = (SELECT ${columns} FROM ${givenRows(database, table, [changes])})`
}

const hasVersion = (sql: PostgresDatabase["Service"]["sql"], id: string, { ifVersion }: WriteOptions = {}) =>
  ifVersion === undefined ? sql`id = ${id}` : sql`id = ${id} AND version = ${ifVersion}`

/** Fails for a row that a statement about a certain version has not touched though it is there. */
export const refuseStale = Effect.fnUntraced(function* (
  { name, run, sql }: PostgresDatabase["Service"],
  { failure, name: table }: Pick<EntityTable<unknown, never, never, never>, "failure" | "name">,
  id: string,
  { ifVersion }: WriteOptions = {}
) {
  if (ifVersion === undefined) return
  const found = yield* run(table, sql`SELECT 1 FROM ${name(table)} WHERE id = ${id}`)
  if (found.length > 0) return yield* failure(new StaleVersion({ expected: ifVersion }))
})
