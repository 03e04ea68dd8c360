import type { FinishedJob } from "@timegrid/core/maintenance"
import type { Row } from "@timegrid/core/repository"
import { Effect } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"

const jobs = "processing_jobs"
const tasks = "hitl_tasks"

/** Writes the rows of a job again; it must not be there. Columns that have come since have their defaults. */
export const insertFinishedJob = Effect.fnUntraced(function* (
  { name, run, sql }: PostgresDatabase["Service"],
  { extractionIds, job, reviewTasks }: FinishedJob
) {
  const insert = (table: string, row: Row) => {
    const columns = sql.literal(
      Object.keys(row)
        .map((column) => `"${column.replaceAll('"', '""')}"`)
        .join(", ")
    )
    const shape = sql`NULL::${name(table)}`
    return run(
      table,
      sql`INSERT INTO ${name(table)} (${columns})
        SELECT ${columns} FROM jsonb_populate_record(${shape}, ${sql.json(row)})`
    )
  }
  /** The id where that timetable is still there. */
  const keptTimetable = Effect.fnUntraced(function* (id: unknown) {
    if (typeof id !== "string") return null
    const rows = yield* run("timetables", sql`SELECT id FROM ${name("timetables")} WHERE id = ${id}`)
    return rows.length === 0 ? null : id
  })

  // The name of the request may have been given to another since.
  yield* insert(jobs, { ...job, timetable_id: yield* keptTimetable(job.timetable_id), idempotency_key: null })
  yield* Effect.forEach(reviewTasks, (task) => insert(tasks, task), { discard: true })
  if (extractionIds.length === 0) return
  yield* run(
    "extractions",
    sql`UPDATE ${name("extractions")} SET job_id = ${job.id} WHERE ${sql.in("id", extractionIds)} AND job_id IS NULL`
  )
})
