import {
  type NamedJob,
  type ProcessingJobFilter,
  type ProcessingJobs,
  parserFor,
  processingJobTable,
  QueueStatisticsCodec,
  rowIdOf
} from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { before, type Conditions, equal, oneOf } from "./conditions.ts"
import { postgresRepository } from "./postgresRepository.ts"

const conditions: Conditions<ProcessingJobFilter> = {
  userId: equal("user_id"),
  documentId: equal("document_id"),
  timetableId: equal("timetable_id"),
  statuses: oneOf("status"),
  createdBefore: before("created_at"),
  completedBefore: before("completed_at")
}

const view = "v_processing_queue_stats"

const columns = [...processingJobTable.columns, "version"].map((column) => `pj."${column}"`).join(", ")

export const postgresProcessingJobs = (database: PostgresDatabase["Service"]): ProcessingJobs["Service"] => {
  const { name, run, sql } = database
  return {
    ...postgresRepository(database, processingJobTable, conditions),
    findNamed: Effect.fnUntraced(function* (id) {
      const rowId = rowIdOf(id)
      if (Option.isNone(rowId)) return Option.none()
      const [row] = yield* run(
        "processing_jobs",
        sql`SELECT ${sql.literal(columns)}, d.file_name, d.file_type, t.name AS timetable_name
          FROM ${name("processing_jobs")} pj
          INNER JOIN ${name("documents")} d ON pj.document_id = d.id
          LEFT JOIN ${name("timetables")} t ON pj.timetable_id = t.id
          WHERE pj.id = ${rowId.value}`
      )
      if (row === undefined) return Option.none()
      const named: NamedJob = {
        ...(yield* processingJobTable.entityOf(row)),
        fileName: String(row.file_name),
        fileType: String(row.file_type),
        timetableName: row.timetable_name === null ? null : String(row.timetable_name)
      }
      return Option.some(named)
    }),
    queueStatistics: Effect.flatMap(run(view, sql`SELECT * FROM ${name(view)}`), (rows) =>
      Effect.forEach(rows, (row) => parserFor(view)(QueueStatisticsCodec, row))
    )
  }
}
