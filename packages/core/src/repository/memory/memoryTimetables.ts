import { Effect, Option } from "effect"
import { type Weekday, weekdayRanks } from "../../domain/Weekday.ts"
import type { Row } from "../EntityTable.ts"
import { parserFor, rowIdOf } from "../parsing.ts"
import { ActiveTimetableCodec } from "../records/ActiveTimetable.ts"
import { timeblockTable } from "../Timeblocks.ts"
import {
  ActiveLimit,
  type ActiveTimetableFilter,
  activeTimetableList,
  type TimetableFilter,
  type Timetables,
  timetableTable
} from "../Timetables.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import { equal, matching, words } from "./matching.ts"
import { memoryRepository, pageOf } from "./memoryRepository.ts"

const view = "v_active_timetables"

const matches = matching<TimetableFilter>({
  userId: equal("user_id"),
  status: equal("status"),
  year: equal("year"),
  jobId: ({ metadata }, jobId) => (metadata as { readonly jobId?: string }).jobId === jobId,
  search: words("name", "class_name")
})

const matchesView = matching<ActiveTimetableFilter>({ userId: equal("user_id"), year: equal("year") })

export const memoryTimetables = (database: MemoryDatabase["Service"]): Timetables["Service"] => {
  const { statement } = database
  const parse = parserFor("timetables")
  const countIn = (rows: ReadonlyArray<Row>, id: unknown) => rows.filter((row) => row.timetable_id === id).length
  return {
    ...memoryRepository(database, timetableTable, matches),
    listActive: Effect.fnUntraced(function* (userId, wanted) {
      const limit = yield* parse(ActiveLimit, wanted)
      const rows = yield* statement((session) =>
        session
          .rows("timetables")
          .filter(({ status, user_id }) => user_id === userId.toLowerCase() && status === "active")
          .toSorted((a, b) => millisecondsOf(b.updated_at) - millisecondsOf(a.updated_at))
          .slice(0, limit)
          .map((row) => ({ row, timeblockCount: countIn(session.rows("timeblocks"), row.id) }))
      )
      return yield* Effect.forEach(rows, ({ row, timeblockCount }) =>
        Effect.map(timetableTable.entityOf(row), (timetable) => ({ ...timetable, timeblockCount }))
      )
    }),
    findFilled: Effect.fnUntraced(function* (id) {
      const rowId = rowIdOf(id)
      if (Option.isNone(rowId)) return Option.none()
      const found = yield* statement((session) => ({
        row: session.find("timetables", rowId.value),
        blocks: session.rows("timeblocks").filter((block) => block.timetable_id === rowId.value)
      }))
      if (found.row === undefined) return Option.none()
      const timeblocks = yield* timeblockTable.entitiesOf(found.blocks.toSorted(inTheWeek))
      return Option.some({ ...(yield* timetableTable.entityOf(found.row)), timeblocks })
    }),
    listActiveView: Effect.fnUntraced(function* (query) {
      const list = yield* activeTimetableList(query)
      const { nextCursor, rows } = yield* statement((session) => {
        const page = pageOf(
          session.rows("timetables").filter((row) => row.status === "active" && matchesView(row, list.filter)),
          view,
          list
        )
        const rows = page.rows.map(({ class_name, created_at, id, name, status, term, updated_at, user_id, year }) => {
          const { email, first_name, last_name } = session.find("users", user_id) ?? {}
          const timeblock_count = countIn(session.rows("timeblocks"), id)
          const document_count = countIn(session.rows("documents"), id)
          const timetable = { id, name, class_name, term, year, status, created_at, updated_at, user_id }
          return { ...timetable, email, first_name, last_name, timeblock_count, document_count }
        })
        return { rows, nextCursor: page.nextCursor }
      })
      return { items: yield* Effect.forEach(rows, (row) => parserFor(view)(ActiveTimetableCodec, row)), nextCursor }
    })
  }
}

const millisecondsOf = (moment: unknown) => (moment instanceof Date ? moment.getTime() : 0)

/** By weekday, start and position, then by id, so that the order is the same each time. */
const inTheWeek = (a: Row, b: Row) =>
  rankOf(a) - rankOf(b) ||
  compare(a.start_time, b.start_time) ||
  Number(a.position) - Number(b.position) ||
  compare(a.id, b.id)

// It was parsed before it was stored.
const rankOf = ({ day_of_week }: Row) => weekdayRanks[day_of_week as Weekday]

const compare = (a: unknown, b: unknown) => (String(a) < String(b) ? -1 : Number(String(a) > String(b)))
