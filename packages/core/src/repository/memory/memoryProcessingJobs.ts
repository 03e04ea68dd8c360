import { Effect, Option } from "effect"
import type { Row } from "../EntityTable.ts"
import { type ProcessingJobFilter, type ProcessingJobs, processingJobTable } from "../ProcessingJobs.ts"
import { parserFor, rowIdOf } from "../parsing.ts"
import { QueueStatisticsCodec } from "../records/QueueStatistics.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import { before, equal, matching, oneOf } from "./matching.ts"
import { memoryRepository } from "./memoryRepository.ts"

const matches = matching<ProcessingJobFilter>({
  userId: equal("user_id"),
  documentId: equal("document_id"),
  timetableId: equal("timetable_id"),
  statuses: oneOf("status"),
  createdBefore: before("created_at"),
  completedBefore: before("completed_at")
})

/** The statuses that the view `v_processing_queue_stats` looks at. */
const queued = oneOf("status")
const queuedStatuses = ["pending", "classifying", "preprocessing", "ocr", "llm_processing", "validating"]

export const memoryProcessingJobs = (database: MemoryDatabase["Service"]): ProcessingJobs["Service"] => ({
  ...memoryRepository(database, processingJobTable, matches),
  findNamed: Effect.fnUntraced(function* (id) {
    const rowId = rowIdOf(id)
    if (Option.isNone(rowId)) return Option.none()
    const found = yield* database.statement((session) => {
      const row = session.find("processing_jobs", rowId.value)
      const { file_name, file_type } = session.find("documents", row?.document_id) ?? {}
      const { name } = session.find("timetables", row?.timetable_id) ?? {}
      return { row, fileName: String(file_name), fileType: String(file_type), timetableName: textOf(name) }
    })
    if (found.row === undefined) return Option.none()
    const { row, ...names } = found
    return Option.some({ ...(yield* processingJobTable.entityOf(row)), ...names })
  }),
  queueStatistics: Effect.flatMap(
    database.statement((session) => {
      const jobs = session.rows("processing_jobs").filter((row) => queued(row, queuedStatuses))
      const groups = Map.groupBy(jobs, ({ processing_tier, status }) => `${status} ${processing_tier}`)
      return Array.from(groups.values(), (rows) => statisticsOf(rows, session.now))
    }),
    (rows) => Effect.forEach(rows, (row) => parserFor("v_processing_queue_stats")(QueueStatisticsCodec, row))
  )
})

const statisticsOf = (rows: ReadonlyArray<Row>, now: Date): Row => {
  const created = rows.map(({ created_at }) => created_at as Date).toSorted((a, b) => a.getTime() - b.getTime())
  const seconds = rows.flatMap(({ completed_at, started_at }) =>
    started_at instanceof Date ? [(((completed_at as Date | null) ?? now).getTime() - started_at.getTime()) / 1000] : []
  )
  const confidences = rows.flatMap(({ confidence }) => (typeof confidence === "number" ? [confidence] : []))
  return {
    status: rows[0]?.status,
    processing_tier: rows[0]?.processing_tier,
    job_count: rows.length,
    avg_confidence: average(confidences),
    avg_duration_seconds: average(seconds),
    oldest_job: created.at(0),
    newest_job: created.at(-1)
  }
}

const average = (values: ReadonlyArray<number>) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

const textOf = (value: unknown) => (typeof value === "string" ? value : null)
