/** Metrics in hypertables, which the database rolls up and removes by itself. Used as `TimescaleMetricsStore.layer`. */
import { MetricsStore } from "@timegrid/core/metrics"
import { makeRecording, PostgresDatabase } from "@timegrid/postgres"
import { Effect, Layer, Schedule } from "effect"

/** A store over the hypertables of a schema. */
export const make = (database: PostgresDatabase["Service"]): MetricsStore["Service"] => {
  const { run, schema, sql } = database
  const view = `"${schema.replaceAll('"', '""')}".processing_metrics_hourly`
  return {
    ...makeRecording(database),
    // The policy does so every hour; this is for whoever does not want to wait. Raw rows are removed after 30 days, and
    // refreshing their hours again would remove the figures too. A refresh that finds another at work is refused.
    rollUp: run(
      "processing_metrics_hourly",
      sql`CALL refresh_continuous_aggregate(
        ${view}::regclass,
        date_trunc('hour', now() - INTERVAL '29 days'),
        date_trunc('hour', now())
      )`
    ).pipe(
      Effect.retry({
        schedule: Schedule.spaced("200 millis"),
        times: 25,
        while: ({ isRetryable }) => isRetryable
      }),
      Effect.asVoid,
      Effect.withSpan("TimescaleMetricsStore.rollUp")
    ),
    // By the retention policies of the migrations.
    expire: () => Effect.succeed({ raw: 0, hourly: 0 })
  }
}

/** Provides `MetricsStore` over a database with `timescaleMigrations`. */
export const layer: Layer.Layer<MetricsStore, never, PostgresDatabase> = Layer.effect(
  MetricsStore,
  Effect.map(PostgresDatabase, make)
)
