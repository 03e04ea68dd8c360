import {
  ActiveLimit,
  ActiveTimetableCodec,
  type ActiveTimetableFilter,
  activeTimetableList,
  type FilledTimetable,
  parserFor,
  type Row,
  rowIdOf,
  type TimetableFilter,
  type Timetables,
  timeblockTable,
  timetableTable
} from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { qualifiedText } from "../database/qualifiedName.ts"
import { type Conditions, conditionsOf, equal, type Values, words } from "./conditions.ts"
import { behind, createdMicros, cursorBehind, positionOf } from "./keyset.ts"
import { postgresRepository } from "./postgresRepository.ts"

const view = "v_active_timetables"

const conditions: Conditions<TimetableFilter> = {
  userId: equal("user_id"),
  status: equal("status"),
  year: equal("year"),
  jobId: (wanted) => `metadata->>'jobId' = ${wanted}`,
  search: words("name", "class_name")
}

const viewConditions: Conditions<ActiveTimetableFilter> = { userId: equal("user_id"), year: equal("year") }

const columns = [...timetableTable.columns, "version"].map((column) => `t."${column}"`).join(", ")

export const postgresTimetables = (database: PostgresDatabase["Service"]): Timetables["Service"] => {
  const { name, run, schema, sql } = database
  const parse = parserFor("timetables")
  const timetables = name("timetables")
  const timeblocks = name("timeblocks")
  return {
    ...postgresRepository(database, timetableTable, conditions),
    listActive: Effect.fnUntraced(function* (userId, wanted) {
      const limit = yield* parse(ActiveLimit, wanted)
      const owner = rowIdOf(userId)
      if (Option.isNone(owner)) return []
      const rows = yield* run(
        "timetables",
        sql`SELECT ${sql.literal(columns)}, COUNT(tb.id) AS timeblock_count
          FROM ${timetables} t LEFT JOIN ${timeblocks} tb ON t.id = tb.timetable_id
          WHERE t.user_id = ${owner.value} AND t.status = 'active'
          GROUP BY t.id ORDER BY t.updated_at DESC LIMIT ${limit}`
      )
      return yield* Effect.forEach(rows, (row) =>
        // COUNT is a number by our codecs.
        Effect.map(timetableTable.entityOf(row), (entity) => ({
          ...entity,
          timeblockCount: row.timeblock_count as number
        }))
      )
    }),
    findFilled: Effect.fnUntraced(function* (id) {
      const rowId = rowIdOf(id)
      if (Option.isNone(rowId)) return Option.none()
      const [row] = yield* run(
        "timetables",
        sql`SELECT ${sql.literal(columns)}, ARRAY(
            SELECT to_jsonb(tb) FROM ${timeblocks} tb WHERE tb.timetable_id = t.id
            ORDER BY ${name("weekday_rank")}(tb.day_of_week), tb.start_time, tb.position, tb.id
          ) AS timeblocks
          FROM ${timetables} t WHERE t.id = ${rowId.value}`
      )
      if (row === undefined) return Option.none()
      const blocks = yield* timeblockTable.entitiesOf(row.timeblocks as ReadonlyArray<Row>)
      const filled: FilledTimetable = { ...(yield* timetableTable.entityOf(row)), timeblocks: blocks }
      return Option.some(filled)
    }),
    listActiveView: Effect.fnUntraced(function* (query) {
      const { after, filter, limit } = yield* activeTimetableList(query)
      const values: Values = []
      const end = behind(conditionsOf(viewConditions, filter, values), after, limit + 1, values)
      const all = `SELECT *, ${createdMicros} FROM ${qualifiedText(schema, view)}`
      const rows = yield* run<ReadonlyArray<Row>>(view, sql.unsafe(`${all} ${end}`, values))
      const items = yield* Effect.forEach(rows.slice(0, limit), ({ created_micros: _, ...row }) =>
        parserFor(view)(ActiveTimetableCodec, row)
      )
      return { items, nextCursor: cursorBehind(view, filter, rows, limit, positionOf) }
    })
  }
}
