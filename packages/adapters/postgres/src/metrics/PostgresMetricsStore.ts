/** Metrics in plain tables, whose hourly figures maintenance fills. Used as a namespace: `PostgresMetricsStore.layer`. */
import { MetricsStore } from "@timegrid/core/metrics"
import { Effect, Layer } from "effect"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { makeRecording } from "./recording.ts"

const processing = "processing_metrics"
const requests = "api_metrics"
const hours = "processing_metrics_hours"

/** A store over the tables of a schema. */
export const make = (database: PostgresDatabase["Service"]): MetricsStore["Service"] => {
  const { count, name, run, sql } = database
  const thisHour = sql`date_trunc('hour', now(), 'UTC')`
  return {
    ...makeRecording(database),
    // In the order of the key, so that two who do so at once wait for each other instead of for ever.
    rollUp: Effect.asVoid(
      run(
        hours,
        sql`INSERT INTO ${name(hours)} AS known
          SELECT
            date_trunc('hour', time, 'UTC') AS hour,
            COALESCE(processing_tier, '') AS tier,
            count(*),
            avg(duration_ms),
            percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms),
            avg(confidence),
            sum(CASE WHEN success THEN 1 ELSE 0 END)::FLOAT / count(*)
          FROM ${name(processing)}
          WHERE stage IS NULL
            AND time < ${thisHour}
            AND time >= LEAST(
              COALESCE((SELECT max(bucket) FROM ${name(hours)}), '-infinity'),
              ${thisHour} - INTERVAL '3 hours'
            )
          GROUP BY hour, tier
          ORDER BY hour, tier
          ON CONFLICT (bucket, processing_tier) DO UPDATE SET
            total_jobs = excluded.total_jobs,
            avg_duration_ms = excluded.avg_duration_ms,
            p95_duration_ms = excluded.p95_duration_ms,
            avg_confidence = excluded.avg_confidence,
            success_rate = excluded.success_rate`
      )
    ).pipe(Effect.withSpan("PostgresMetricsStore.rollUp")),
    expire: Effect.fn("PostgresMetricsStore.expire")(function* ({ hourly, raw }) {
      const jobs = yield* count(processing, sql`DELETE FROM ${name(processing)} WHERE time < ${raw}`)
      const asked = yield* count(requests, sql`DELETE FROM ${name(requests)} WHERE time < ${raw}`)
      return {
        raw: jobs + asked,
        hourly: yield* count(hours, sql`DELETE FROM ${name(hours)} WHERE bucket < ${hourly}`)
      }
    })
  }
}

/** Provides `MetricsStore`, on PGlite too. */
export const layer: Layer.Layer<MetricsStore, never, PostgresDatabase> = Layer.effect(
  MetricsStore,
  Effect.map(PostgresDatabase, make)
)
