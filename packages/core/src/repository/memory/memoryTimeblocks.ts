import { Effect, Option } from "effect"
import type { Row } from "../EntityTable.ts"
import { rowIdOf } from "../parsing.ts"
import type { WriteOptions } from "../Repository.ts"
import type { RepositoryError } from "../RepositoryError.ts"
import { RowInvalid } from "../RepositoryError.ts"
import { type TimeblockFilter, type Timeblocks, timeblockTable } from "../Timeblocks.ts"
import { timetableTable } from "../Timetables.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import type { MemorySession } from "./MemorySession.ts"
import { equal, matching, words } from "./matching.ts"
import { memoryRepository, refuseStale } from "./memoryRepository.ts"

const matches = matching<TimeblockFilter>({
  timetableId: equal("timetable_id"),
  dayOfWeek: equal("day_of_week"),
  search: words("name", "notes")
})

export const memoryTimeblocks = (database: MemoryDatabase["Service"]): Timeblocks["Service"] => {
  /** Changes the timeblocks of a timetable, which counts for it; none where there is no such timetable. */
  const changed = Effect.fnUntraced(function* (
    timetableId: string,
    options: WriteOptions | undefined,
    change: (session: MemorySession, blocks: ReadonlyArray<Row>) => ReadonlyArray<Row>
  ) {
    const rows = yield* database.statement((session) => {
      refuseStale(timetableTable, session, timetableId, options)
      if (session.update("timetables", [timetableId], {}) === undefined) return null
      return change(
        session,
        session.rows("timeblocks").filter((row) => row.timetable_id === timetableId)
      )
    })
    return rows === null ? Option.none() : Option.some(yield* timeblockTable.entitiesOf(rows))
  })

  return {
    ...memoryRepository(database, timeblockTable, matches),
    replaceAll: Effect.fnUntraced(function* (timetableId, contents, options) {
      const id = rowIdOf(timetableId)
      if (Option.isNone(id)) return Option.none()
      const inputs = contents.map((content) => ({ ...content, timetableId: id.value }))
      const columns = yield* Effect.forEach(inputs, timeblockTable.insertOf)
      return yield* changed(id.value, options, (session, blocks) => {
        for (const block of blocks) session.remove("timeblocks", block.id)
        return columns.map((row) => session.insert("timeblocks", row))
      })
    }),
    reorder: Effect.fnUntraced(function* (timetableId, ids, options) {
      const id = rowIdOf(timetableId)
      if (Option.isNone(id)) return Option.none()
      const ordered = ids.map((id) => Option.getOrElse(rowIdOf(id), () => id))
      return yield* changed(id.value, options, (session, blocks) => {
        const there = new Set(blocks.map((block) => block.id))
        if (ordered.length !== there.size || new Set(ordered).size !== there.size) throw notAllOnce
        return ordered.map((id, position) => {
          const row = there.has(id) ? session.update("timeblocks", [id], { position }) : undefined
          if (row === undefined) throw notAllOnce
          return row
        })
      })
    })
  }
}

const notAllOnce: RepositoryError = timeblockTable.failure(
  new RowInvalid({ cause: new Error("An order names each timeblock of its timetable once") })
)
