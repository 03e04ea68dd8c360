import {
  type RepositoryError,
  type Row,
  RowInvalid,
  rowIdOf,
  type TimeblockFilter,
  type Timeblocks,
  timeblockTable,
  timetableTable,
  type WriteOptions
} from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { type Conditions, equal, words } from "./conditions.ts"
import { insertRows, postgresRepository, refuseStale, storedColumns } from "./postgresRepository.ts"

const conditions: Conditions<TimeblockFilter> = {
  timetableId: equal("timetable_id"),
  dayOfWeek: equal("day_of_week"),
  search: words("name", "notes")
}

const table = "timeblocks"

export const postgresTimeblocks = (database: PostgresDatabase["Service"]): Timeblocks["Service"] => {
  const { count, name, run, sql, transaction } = database
  const timeblocks = name(table)

  /** Changes the timeblocks of a timetable under its lock, which counts for it; none where there is no such timetable. */
  const changed = Effect.fnUntraced(
    function* (
      timetableId: string,
      options: WriteOptions | undefined,
      change: Effect.Effect<ReadonlyArray<Row>, RepositoryError>
    ) {
      const version = options?.ifVersion
      const counted = yield* count(
        timetableTable.name,
        sql`UPDATE ${name(timetableTable.name)} SET id = id
          WHERE id = ${timetableId} ${version === undefined ? sql`` : sql`AND version = ${version}`}`
      )
      if (counted === 0) {
        yield* refuseStale(database, timetableTable, timetableId, options)
        return Option.none()
      }
      return Option.some(yield* timeblockTable.entitiesOf(yield* change))
    },
    (work) => transaction(work)
  )

  return {
    ...postgresRepository(database, timeblockTable, conditions),
    replaceAll: Effect.fnUntraced(function* (timetableId, contents, options) {
      const id = rowIdOf(timetableId)
      if (Option.isNone(id)) return Option.none()
      const inputs = contents.map((content) => ({ ...content, timetableId: id.value }))
      const rows = yield* timeblockTable.insertsOf(inputs)
      return yield* changed(
        id.value,
        options,
        Effect.gen(function* () {
          yield* run(table, sql`DELETE FROM ${timeblocks} WHERE timetable_id = ${id.value}`)
          return rows.length === 0 ? [] : yield* run(table, insertRows(database, timeblockTable, rows))
        })
      )
    }),
    reorder: Effect.fnUntraced(function* (timetableId, ids, options) {
      const id = rowIdOf(timetableId)
      if (Option.isNone(id)) return Option.none()
      const ordered = ids.flatMap((id) => Option.toArray(rowIdOf(id)))
      return yield* changed(
        id.value,
        options,
        Effect.gen(function* () {
          const there = yield* run(table, sql`SELECT id FROM ${timeblocks} WHERE timetable_id = ${id.value}`)
          const asked = new Set<unknown>(ordered)
          if (ids.length !== there.length || asked.size !== there.length || !there.every((row) => asked.has(row.id))) {
            return yield* notAllOnce
          }
          const rows = yield* run(
            table,
            sql`UPDATE ${timeblocks} SET position = wanted.place - 1
              FROM unnest(${ordered}::uuid[]) WITH ORDINALITY AS wanted (block, place)
              WHERE id = wanted.block RETURNING ${sql.literal(storedColumns(timeblockTable))}`
          )
          return rows.toSorted((one, other) => Number(one.position) - Number(other.position))
        })
      )
    })
  }
}

const notAllOnce: RepositoryError = timeblockTable.failure(
  new RowInvalid({ cause: new Error("An order names each timeblock of its timetable once") })
)
