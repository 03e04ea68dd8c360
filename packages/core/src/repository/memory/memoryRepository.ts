import { Effect, Option, Stream } from "effect"
import type { EntityTable, Row } from "../EntityTable.ts"
import { encodeListCursor, type ListPosition } from "../listCursor.ts"
import { type ListPart, rowIdOf } from "../parsing.ts"
import type { Repository, WriteOptions } from "../Repository.ts"
import { RowMissing, StaleVersion } from "../RepositoryError.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import type { MemorySession } from "./MemorySession.ts"

/** Whether a row has what a filter wants. */
export type Matches<Filter> = (row: Row, filter: Filter) => boolean

/** How many rows of a stream are read at once. */
const streamPart = 1000

/** What repositories of one database in memory have in common, for one table. */
export const memoryRepository = <Entity, Input, Changes, Filter extends object>(
  { statement }: MemoryDatabase["Service"],
  table: EntityTable<Entity, Input, Changes, Filter>,
  matches: Matches<Filter>
): Repository<Entity, Input, Changes, Filter> => {
  const { entitiesOf, entityOf, failure, filterOf, insertOf, listOf, name, updateOf } = table
  const stored = (row: Row | undefined) =>
    row === undefined ? Effect.succeedNone : Effect.map(entityOf(row), Option.some)

  const find = Effect.fnUntraced(function* (id: string) {
    const rowId = rowIdOf(id)
    if (Option.isNone(rowId)) return Option.none()
    return yield* stored(yield* statement((session) => session.find(name, rowId.value)))
  })

  const insertMany = Effect.fnUntraced(function* (inputs: ReadonlyArray<Input>) {
    const columns = yield* Effect.forEach(inputs, insertOf)
    const rows = yield* statement((session) => columns.map((row) => session.insert(name, row)))
    return yield* entitiesOf(rows)
  })

  const part = (filter: Filter, limit: number, after: Option.Option<ListPosition>) =>
    statement((session) =>
      newestFirst(session.rows(name).filter((row) => isBehind(row, after) && matches(row, filter))).slice(0, limit)
    )

  return {
    find,
    insertMany,
    insert: (input) =>
      Effect.flatMap(insertOf(input), (columns) =>
        Effect.flatMap(
          statement((session) => session.insert(name, columns)),
          entityOf
        )
      ),
    get: (id) =>
      Effect.flatMap(
        find(id),
        Option.match({ onNone: () => Effect.fail(failure(new RowMissing({ id }))), onSome: Effect.succeed })
      ),
    update: Effect.fnUntraced(function* (id, changes, options) {
      const columns = yield* updateOf(changes)
      const rowId = rowIdOf(id)
      if (Option.isNone(rowId)) return Option.none()
      const row = yield* statement((session) => {
        refuseStale(table, session, rowId.value, options)
        return session.update(name, [rowId.value], columns)
      })
      return yield* stored(row)
    }),
    remove: Effect.fnUntraced(function* (id, options) {
      const rowId = rowIdOf(id)
      if (Option.isNone(rowId)) return false
      return yield* statement((session) => {
        refuseStale(table, session, rowId.value, options)
        return session.remove(name, rowId.value)
      })
    }),
    list: Effect.fnUntraced(function* (query) {
      const { after, filter, limit } = yield* listOf(query)
      const rows = yield* part(filter, limit + 1, after)
      const items = yield* entitiesOf(rows.slice(0, limit))
      return { items, nextCursor: cursorBehind(name, filter, rows, limit) }
    }),
    stream: (wanted) =>
      Stream.unwrap(
        Effect.map(filterOf(wanted), (filter) =>
          Stream.paginate(
            Option.none<ListPosition>(),
            Effect.fnUntraced(function* (after) {
              const rows = yield* part(filter, streamPart, after)
              const items = yield* entitiesOf(rows)
              const last = rows.at(-1)
              const isLast = last === undefined || rows.length < streamPart
              return [items, isLast ? Option.none() : Option.some(Option.some(positionOf(last)))]
            })
          )
        )
      )
  }
}

/** Fails a statement about a row of another version than the one that `options` asks for. */
export const refuseStale = (
  { failure, name }: Pick<EntityTable<unknown, never, never, never>, "failure" | "name">,
  session: MemorySession,
  id: string,
  { ifVersion }: WriteOptions = {}
): void => {
  const version = session.find(name, id)?.version
  if (ifVersion !== undefined && version !== undefined && version !== ifVersion)
    throw failure(new StaleVersion({ expected: ifVersion }))
}

/** A page of rows that were found already, in the order of lists. */
export const pageOf = <Filter extends object>(
  rows: ReadonlyArray<Row>,
  name: string,
  { after, filter, limit }: ListPart<Filter>
): { readonly rows: ReadonlyArray<Row>; readonly nextCursor: string | null } => {
  const behind = newestFirst(rows.filter((row) => isBehind(row, after)))
  return { rows: behind.slice(0, limit), nextCursor: cursorBehind(name, filter, behind, limit) }
}

const cursorBehind = (name: string, filter: object, rows: ReadonlyArray<Row>, limit: number) => {
  const last = rows[limit - 1]
  return last === undefined || rows.length <= limit ? null : encodeListCursor(name, filter, positionOf(last))
}

// Every row of a list has both columns, which the tables fill in.
const momentOf = ({ created_at }: Row) => (created_at as Date).getTime()
const idOf = ({ id }: Row) => id as string

const positionOf = (row: Row): ListPosition => ({ createdMicros: momentOf(row) * 1000, id: idOf(row) })

const newestFirst = (rows: ReadonlyArray<Row>) =>
  rows.toSorted((a, b) => momentOf(b) - momentOf(a) || (idOf(a) < idOf(b) ? 1 : -1))

const isBehind = (row: Row, after: Option.Option<ListPosition>) => {
  if (Option.isNone(after)) return true
  const micros = momentOf(row) * 1000
  const { createdMicros, id } = after.value
  return micros < createdMicros || (micros === createdMicros && idOf(row) < id)
}
