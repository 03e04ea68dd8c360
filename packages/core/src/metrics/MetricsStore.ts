import { Context, type Effect } from "effect"
import type { ApiMetricInput } from "../domain/ApiMetric.ts"
import type { ProcessingMetricInput } from "../domain/ProcessingMetric.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import type { HourlyFigures, RequestFigures } from "./figures.ts"

/** From one moment up to, not including, another. */
export interface MetricsRange {
  readonly from: Date
  readonly to: Date
}

/** How many rows of each kind have gone. */
export interface ExpiredMetrics {
  /** Of `processing_metrics` and `api_metrics`. */
  readonly raw: number
  /** Of the hourly figures. */
  readonly hourly: number
}

/**
 * Keeps how jobs, stages and requests went. What measures goes through `MetricsRecorder`, which never fails and never
 * waits for the store. Adapters are checked by `metricsStoreContract`.
 */
export class MetricsStore extends Context.Service<
  MetricsStore,
  {
    /**
     * Up to 5,000 rows in one statement, all or none. A row without a `stage` stands for a whole job, every other for one
     * stage of it.
     */
    readonly recordProcessing: (rows: ReadonlyArray<ProcessingMetricInput>) => Effect.Effect<void, RepositoryError>
    /** Up to 5,000 rows in one statement, all or none. */
    readonly recordRequests: (rows: ReadonlyArray<ApiMetricInput>) => Effect.Effect<void, RepositoryError>
    /**
     * The figures of the hours that begin in the range, by hour and tier, jobs without a tier last. An hour has figures
     * when it is over and `rollUp` has run since.
     */
    readonly hourly: (range: MetricsRange) => Effect.Effect<ReadonlyArray<HourlyFigures>, RepositoryError>
    /** The figures of the requests in the range, the busiest endpoint first. */
    readonly requests: (range: MetricsRange) => Effect.Effect<ReadonlyArray<RequestFigures>, RepositoryError>
    /**
     * Works out the figures of the hours that are over: those since the last time, and the last three again for rows that
     * came late. The same rows give the same figures however often.
     */
    readonly rollUp: Effect.Effect<void, RepositoryError>
    /**
     * Removes rows and hourly figures from before these moments. A store whose database does so by policies of its own
     * removes nothing here, and says so by zeros.
     */
    readonly expire: (before: {
      readonly raw: Date
      readonly hourly: Date
    }) => Effect.Effect<ExpiredMetrics, RepositoryError>
  }
>()("@timegrid/core/metrics/MetricsStore") {}
