/** What plain tables and those of TimescaleDB do alike: recording, and reading what was recorded. */
import { ApiMetricInsert, ProcessingMetricInsert } from "@timegrid/core"
import type { HourlyFigures, MetricsStore, RequestFigures } from "@timegrid/core/metrics"
import { parserFor, type Row } from "@timegrid/core/repository"
import { Array as Arr, Effect } from "effect"
import * as z from "zod"
import { withJson } from "../database/columns.ts"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"

const processing = "processing_metrics"
const requests = "api_metrics"

const parseProcessing = parserFor(processing)
const parseRequests = parserFor(requests)

const HourlyRows = z.array(
  z
    .object({
      bucket: z.date(),
      processing_tier: z.string().nullable(),
      total_jobs: z.int(),
      avg_duration_ms: z.number().nullable(),
      p95_duration_ms: z.number().nullable(),
      avg_confidence: z.number().nullable(),
      success_rate: z.number()
    })
    .transform(
      (row): HourlyFigures => ({
        bucket: row.bucket.toISOString(),
        processingTier: row.processing_tier,
        totalJobs: row.total_jobs,
        avgDurationMs: row.avg_duration_ms,
        p95DurationMs: row.p95_duration_ms,
        avgConfidence: row.avg_confidence,
        successRate: row.success_rate
      })
    )
)

const RequestRows = z.array(
  z
    .object({
      endpoint: z.string().nullable(),
      method: z.string().nullable(),
      total_requests: z.int(),
      failed_requests: z.int(),
      avg_duration_ms: z.number().nullable(),
      p50_duration_ms: z.number().nullable(),
      p95_duration_ms: z.number().nullable(),
      p99_duration_ms: z.number().nullable()
    })
    .transform(
      (row): RequestFigures => ({
        endpoint: row.endpoint,
        method: row.method,
        totalRequests: row.total_requests,
        failedRequests: row.failed_requests,
        avgDurationMs: row.avg_duration_ms,
        p50DurationMs: row.p50_duration_ms,
        p95DurationMs: row.p95_duration_ms,
        p99DurationMs: row.p99_duration_ms
      })
    )
)

type Recording = Pick<MetricsStore["Service"], "recordProcessing" | "recordRequests" | "hourly" | "requests">

/** Over tables of the names and columns that the seed gives them. */
export const makeRecording = ({ name, run, sql }: PostgresDatabase["Service"]): Recording => {
  const insert = (table: string, rows: ReadonlyArray<Row>) => {
    const values = rows.map((row) => withJson(sql, row, ["metadata"]))
    return Arr.isArrayNonEmpty(values)
      ? Effect.asVoid(run(table, sql`INSERT INTO ${name(table)} ${sql.insert(values)}`))
      : Effect.void
  }
  const percentile = (fraction: number) =>
    sql`percentile_cont(${sql.literal(String(fraction))}) WITHIN GROUP (ORDER BY duration_ms)`

  return {
    recordProcessing: Effect.fn("PostgresMetricsStore.recordProcessing")(function* (rows) {
      const parsed = yield* parseProcessing(z.array(ProcessingMetricInsert), rows)
      yield* insert(processing, parsed)
    }),
    recordRequests: Effect.fn("PostgresMetricsStore.recordRequests")(function* (rows) {
      const parsed = yield* parseRequests(z.array(ApiMetricInsert), rows)
      yield* insert(requests, parsed)
    }),
    hourly: Effect.fn("PostgresMetricsStore.hourly")(function* ({ from, to }) {
      const rows = yield* run(
        processing,
        sql`SELECT bucket, processing_tier, total_jobs, avg_duration_ms, p95_duration_ms, avg_confidence, success_rate
          FROM ${name("processing_metrics_hourly")}
          WHERE bucket >= ${from} AND bucket < ${to}
          ORDER BY bucket, processing_tier COLLATE "C" NULLS LAST`
      )
      return yield* parseProcessing(HourlyRows, rows)
    }),
    requests: Effect.fn("PostgresMetricsStore.requests")(function* ({ from, to }) {
      const rows = yield* run(
        requests,
        sql`SELECT endpoint, method, count(*) AS total_requests,
            count(*) FILTER (WHERE status_code >= 500) AS failed_requests,
            avg(duration_ms) AS avg_duration_ms,
            ${percentile(0.5)} AS p50_duration_ms,
            ${percentile(0.95)} AS p95_duration_ms,
            ${percentile(0.99)} AS p99_duration_ms
          FROM ${name(requests)}
          WHERE time >= ${from} AND time < ${to}
          GROUP BY endpoint, method
          ORDER BY total_requests DESC, endpoint COLLATE "C" NULLS LAST, method COLLATE "C" NULLS LAST`
      )
      return yield* parseRequests(RequestRows, rows)
    })
  }
}
