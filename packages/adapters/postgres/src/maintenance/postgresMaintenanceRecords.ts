/** What maintenance asks of PostgreSQL. */
import type { MaintenanceRecords } from "@timegrid/core/maintenance"
import { parserFor } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import * as z from "zod"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { insertFinishedJob } from "./restoring.ts"

const jobs = "processing_jobs"
const archive = "archived_jobs"
const tombstones = "storage_tombstones"

const id = z.guid()
const Ids = z.array(z.object({ id }).transform((row) => row.id))
const Due = z.tuple([
  z.object({
    finishedJobs: z.int(),
    pendingUploads: z.int(),
    tombstones: z.int(),
    sessions: z.int(),
    cacheEntries: z.int(),
    idempotencyKeys: z.int(),
    rawMetrics: z.int(),
    hourlyMetrics: z.int()
  })
])
const row = z.record(z.string(), z.unknown())
const FinishedJobs = z.array(
  z.object({
    job: z.looseObject({ id, document_id: id, user_id: id }),
    reviewTasks: z.array(row),
    extractionIds: z.array(id)
  })
)
const location = { bucket: z.string(), key: z.string(), versionId: z.string().nullable() }
const Places = z.array(
  z.object({
    ...location,
    jobId: id,
    sha256: z.string(),
    archivedAt: z.date().transform((date) => date.toISOString())
  })
)
const Tombstones = z.array(z.object({ ...location, id: z.int(), isTaken: z.boolean() }))
const References = z.array(z.object({ ...location, id }))
const Keys = z.array(z.object({ key: z.string() }).transform((found) => found.key))

/** Over the tables of a schema. */
export const postgresMaintenanceRecords = (database: PostgresDatabase["Service"]): MaintenanceRecords["Service"] => {
  const { count, name, run, sql } = database
  const parseJobs = parserFor(jobs)
  const parseArchive = parserFor(archive)
  const parseTombstones = parserFor(tombstones)
  const ended = sql`status IN ('completed', 'failed')`
  const endedAt = sql`COALESCE(completed_at, updated_at)`
  const isExpired = sql`expires_at <= statement_timestamp()`
  const place = sql`s3_bucket AS bucket, s3_key AS key, s3_version_id AS "versionId"`
  const after = (column: string, value: string | null) => (value === null ? sql`TRUE` : sql`${sql(column)} > ${value}`)

  return {
    due: Effect.fn("MaintenanceRecords.due")(function* (limits) {
      const rows = yield* run(
        "maintenance",
        sql`SELECT
          (SELECT count(*) FROM ${name(jobs)} WHERE ${ended} AND ${endedAt} < ${limits.finishedJobs}) AS "finishedJobs",
          (SELECT count(*) FROM ${name("documents")}
            WHERE upload_status = 'pending' AND created_at < ${limits.pendingUploads}) AS "pendingUploads",
          (SELECT count(*) FROM ${name(tombstones)}) AS tombstones,
          (SELECT count(*) FROM ${name("sessions")} WHERE ${isExpired}) AS sessions,
          (SELECT count(*) FROM ${name("cache_entries")} WHERE ${isExpired}) AS "cacheEntries",
          (SELECT count(*) FROM ${name("idempotency_keys")} WHERE ${isExpired}) AS "idempotencyKeys",
          (SELECT count(*) FROM ${name("processing_metrics")} WHERE time < ${limits.rawMetrics})
            + (SELECT count(*) FROM ${name("api_metrics")} WHERE time < ${limits.rawMetrics}) AS "rawMetrics",
          (SELECT count(*) FROM ${name("processing_metrics_hours")}
            WHERE bucket < ${limits.hourlyMetrics}) AS "hourlyMetrics"`
      )
      const [due] = yield* parserFor("maintenance")(Due, rows)
      return due
    }),

    finishedJobs: Effect.fn("MaintenanceRecords.finishedJobs")(function* (endedBefore, afterId, limit) {
      const rows = yield* run(
        jobs,
        sql`SELECT id FROM ${name(jobs)}
          WHERE ${ended} AND ${endedAt} < ${endedBefore} AND ${after("id", afterId)}
          ORDER BY id LIMIT ${limit}`
      )
      return yield* parseJobs(Ids, rows)
    }),

    finishedJob: Effect.fn("MaintenanceRecords.finishedJob")(function* (jobId) {
      const rows = yield* run(
        jobs,
        sql`SELECT
            to_jsonb(job) AS job,
            COALESCE(
              (SELECT jsonb_agg(to_jsonb(task) ORDER BY task.created_at, task.id)
                FROM ${name("hitl_tasks")} AS task WHERE task.job_id = job.id),
              '[]'
            ) AS "reviewTasks",
            COALESCE(
              (SELECT jsonb_agg(extraction.id ORDER BY extraction.id)
                FROM ${name("extractions")} AS extraction WHERE extraction.job_id = job.id),
              '[]'
            ) AS "extractionIds"
          FROM ${name(jobs)} AS job
          WHERE job.id = ${jobId} AND ${ended}
          FOR UPDATE OF job`
      )
      const [found] = yield* parseJobs(FinishedJobs, rows)
      return Option.fromNullishOr(found)
    }),

    replaceByArchive: Effect.fn("MaintenanceRecords.replaceByArchive")(function* ({ job }, archived) {
      const columns = {
        job_id: job.id,
        document_id: job.document_id,
        user_id: job.user_id,
        s3_bucket: archived.bucket,
        s3_key: archived.key,
        s3_version_id: archived.versionId,
        sha256: archived.sha256
      }
      yield* run(archive, sql`INSERT INTO ${name(archive)} ${sql.insert(columns)}`)
      yield* run(jobs, sql`DELETE FROM ${name(jobs)} WHERE id = ${job.id}`)
    }),

    archivePlace: Effect.fn("MaintenanceRecords.archivePlace")(function* (jobId) {
      if (!id.safeParse(jobId).success) return Option.none()
      const rows = yield* run(
        archive,
        sql`SELECT job_id AS "jobId", ${place}, sha256, archived_at AS "archivedAt"
          FROM ${name(archive)} WHERE job_id = ${jobId}`
      )
      const [found] = yield* parseArchive(Places, rows)
      return Option.fromNullishOr(found)
    }),

    restore: Effect.fn("MaintenanceRecords.restore")(function* (job) {
      // Of two at once the second finds it gone. Its trigger leaves a tombstone for the bytes.
      const removed = yield* count(archive, sql`DELETE FROM ${name(archive)} WHERE job_id = ${job.job.id}`)
      if (removed === 0) return false
      yield* insertFinishedJob(database, job)
      return true
    }),

    tombstones: Effect.fn("MaintenanceRecords.tombstones")(function* (bucket, afterId, limit) {
      const isAt = sql`place.s3_bucket = tombstone.bucket AND place.s3_key = tombstone.key
        AND place.s3_version_id IS NOT DISTINCT FROM tombstone.version_id`
      const rows = yield* run(
        tombstones,
        sql`SELECT id, bucket, key, version_id AS "versionId",
            EXISTS (SELECT FROM ${name("documents")} AS place WHERE ${isAt})
              OR EXISTS (SELECT FROM ${name(archive)} AS place WHERE ${isAt}) AS "isTaken"
          FROM ${name(tombstones)} AS tombstone
          WHERE bucket = ${bucket} AND id > ${afterId}
          ORDER BY id LIMIT ${limit}`
      )
      return yield* parseTombstones(Tombstones, rows)
    }),

    removeTombstone: (tombstone) =>
      Effect.asVoid(run(tombstones, sql`DELETE FROM ${name(tombstones)} WHERE id = ${tombstone}`)),

    unknownKeys: Effect.fn("MaintenanceRecords.unknownKeys")(function* (bucket, keys) {
      const rows = yield* run(
        "documents",
        sql`SELECT key FROM jsonb_array_elements_text(${sql.json(keys)}) AS given(key)
          WHERE NOT EXISTS (SELECT FROM ${name("documents")} WHERE s3_bucket = ${bucket} AND s3_key = given.key)
            AND NOT EXISTS (SELECT FROM ${name(archive)} WHERE s3_bucket = ${bucket} AND s3_key = given.key)
            AND NOT EXISTS (SELECT FROM ${name(tombstones)} AS stone
              WHERE stone.bucket = ${bucket} AND stone.key = given.key)`
      )
      return yield* parserFor("documents")(Keys, rows)
    }),

    references: Effect.fn("MaintenanceRecords.references")(function* (bucket, afterId, limit) {
      const rows = yield* run(
        "documents",
        sql`SELECT * FROM (
            SELECT id, ${place} FROM ${name("documents")} WHERE upload_status = 'completed'
            UNION ALL
            SELECT job_id AS id, ${place} FROM ${name(archive)}
          ) AS place
          WHERE bucket = ${bucket} AND ${after("id", afterId)}
          ORDER BY id LIMIT ${limit}`
      )
      return yield* parserFor("documents")(References, rows)
    }),

    unfinishedJobs: Effect.fn("MaintenanceRecords.unfinishedJobs")(function* (ids) {
      const rows = yield* run(
        jobs,
        sql`SELECT job.id FROM jsonb_array_elements_text(${sql.json(ids.filter((one) => id.safeParse(one).success))})
            AS given(id) JOIN ${name(jobs)} AS job ON job.id = given.id::uuid
          WHERE job.status <> 'completed'`
      )
      return yield* parseJobs(Ids, rows)
    }),

    removeRunsOfCompletedJobs: count(
      "journal",
      sql`DELETE FROM ${name("journal")} AS row USING ${name(jobs)} AS job
        WHERE row.job_id = job.id AND job.status = 'completed'`
    ).pipe(Effect.withSpan("MaintenanceRecords.removeRunsOfCompletedJobs")),

    removeExpired: Effect.gen(function* () {
      const sessions = yield* count("sessions", sql`DELETE FROM ${name("sessions")} WHERE ${isExpired}`)
      const cacheEntries = yield* count("cache_entries", sql`DELETE FROM ${name("cache_entries")} WHERE ${isExpired}`)
      return { sessions, cacheEntries }
    }).pipe(Effect.withSpan("MaintenanceRecords.removeExpired"))
  }
}
