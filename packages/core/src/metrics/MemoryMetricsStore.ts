/** Metrics in memory. Used as a namespace: `MemoryMetricsStore.layer`. */
import { Clock, Effect, Layer } from "effect"
import * as z from "zod"
import { ApiMetricInsert } from "../domain/ApiMetric.ts"
import { ProcessingMetricInsert } from "../domain/ProcessingMetric.ts"
import { parserFor } from "../repository/parsing.ts"
import type { HourlyFigures, RequestFigures } from "./figures.ts"
import { MetricsStore } from "./MetricsStore.ts"
import { average, percentile } from "./percentile.ts"

const hourMs = 3_600_000

/** Rows may come as late as that. */
const lateMs = 3 * hourMs

const parseProcessing = parserFor("processing_metrics")
const parseRequests = parserFor("api_metrics")

/** A store of its own that lives as long as it is referred to. */
export const make = (): MetricsStore["Service"] => {
  let processing: ReadonlyArray<ProcessingMetricInsert> = []
  let requests: ReadonlyArray<ApiMetricInsert> = []
  let hours: ReadonlyArray<HourlyFigures> = []
  /** Up to where hours have their figures. */
  let rolledUpTo = Number.NEGATIVE_INFINITY

  return {
    recordProcessing: (rows) =>
      Effect.map(parseProcessing(z.array(ProcessingMetricInsert), rows), (parsed) => {
        processing = [...processing, ...parsed]
      }),
    recordRequests: (rows) =>
      Effect.map(parseRequests(z.array(ApiMetricInsert), rows), (parsed) => {
        requests = [...requests, ...parsed]
      }),
    hourly: ({ from, to }) =>
      Effect.sync(() =>
        hours
          .filter(({ bucket }) => new Date(bucket) >= from && new Date(bucket) < to)
          .toSorted((a, b) => inOrder(a.bucket, b.bucket) || inOrder(a.processingTier, b.processingTier))
      ),
    requests: ({ from, to }) =>
      Effect.sync(() => {
        const inRange = requests.filter(({ time }) => time >= from && time < to)
        const groups = Map.groupBy(inRange, ({ endpoint, method }) => JSON.stringify([endpoint, method]))
        return [...groups.values()]
          .flatMap(requestFiguresOf)
          .toSorted(
            (a, b) =>
              b.totalRequests - a.totalRequests || inOrder(a.endpoint, b.endpoint) || inOrder(a.method, b.method)
          )
      }),
    rollUp: Effect.map(Clock.currentTimeMillis, (now) => {
      const end = hourOf(new Date(now))
      const start = Math.min(rolledUpTo, end - lateMs)
      const jobs = processing.filter(({ stage, time }) => stage === null && +time >= start && +time < end)
      const groups = Map.groupBy(jobs, (job) => JSON.stringify([hourOf(job.time), job.processing_tier]))
      const again = [...groups.values()].flatMap(hourlyFiguresOf)
      const stays = (one: HourlyFigures) =>
        !again.some(({ bucket, processingTier }) => bucket === one.bucket && processingTier === one.processingTier)
      hours = [...hours.filter(stays), ...again]
      rolledUpTo = end
    }),
    expire: ({ hourly, raw }) =>
      Effect.sync(() => {
        const before = { raw: processing.length + requests.length, hourly: hours.length }
        processing = processing.filter(({ time }) => time >= raw)
        requests = requests.filter(({ time }) => time >= raw)
        hours = hours.filter(({ bucket }) => new Date(bucket) >= hourly)
        return { raw: before.raw - processing.length - requests.length, hourly: before.hourly - hours.length }
      })
  }
}

/** The beginning of an hour. */
const hourOf = (time: Date): number => Math.floor(time.getTime() / hourMs) * hourMs

/** As `ORDER BY` has texts in the collation "C", nulls last. */
const inOrder = (a: string | null, b: string | null): number => {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return a < b ? -1 : 1
}

const known = (values: ReadonlyArray<number | null>) => values.filter((value) => value !== null)

const hourlyFiguresOf = (jobs: ReadonlyArray<ProcessingMetricInsert>): ReadonlyArray<HourlyFigures> => {
  const [first] = jobs
  if (first === undefined) return []
  const durations = known(jobs.map((job) => job.duration_ms))
  return [
    {
      bucket: new Date(hourOf(first.time)).toISOString(),
      processingTier: first.processing_tier,
      totalJobs: jobs.length,
      avgDurationMs: average(durations),
      p95DurationMs: percentile(durations, 0.95),
      avgConfidence: average(known(jobs.map((job) => job.confidence))),
      successRate: jobs.filter(({ success }) => success === true).length / jobs.length
    }
  ]
}

const requestFiguresOf = (requests: ReadonlyArray<ApiMetricInsert>): ReadonlyArray<RequestFigures> => {
  const [first] = requests
  if (first === undefined) return []
  const durations = known(requests.map((request) => request.duration_ms))
  return [
    {
      endpoint: first.endpoint,
      method: first.method,
      totalRequests: requests.length,
      failedRequests: requests.filter(({ status_code }) => (status_code ?? 0) >= 500).length,
      avgDurationMs: average(durations),
      p50DurationMs: percentile(durations, 0.5),
      p95DurationMs: percentile(durations, 0.95),
      p99DurationMs: percentile(durations, 0.99)
    }
  ]
}

/** Provides `MetricsStore`; what it holds is gone with the process. */
export const layer: Layer.Layer<MetricsStore> = Layer.sync(MetricsStore, make)
