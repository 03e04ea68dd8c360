import { ProcessingJobs } from "@timegrid/core/repository"
import { Context, Effect, Layer } from "effect"
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client"
import type { ServedRequest } from "../http/RequestObserver.ts"

/** Seconds; a status read takes milliseconds, an upload that waits up to a minute. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** The figures of this process and its queues in the form that Prometheus reads. */
export class Prometheus extends Context.Service<
  Prometheus,
  {
    readonly countRequest: (request: ServedRequest) => Effect.Effect<void>
    readonly page: Effect.Effect<{ readonly contentType: string; readonly text: string }>
  }
>()("@timegrid/server/site/Prometheus") {
  static readonly layer: Layer.Layer<Prometheus, never, ProcessingJobs> = Layer.effect(
    Prometheus,
    Effect.gen(function* () {
      const jobs = yield* ProcessingJobs
      const registry = new Registry()
      collectDefaultMetrics({ register: registry })
      const requests = new Histogram({
        name: "timegrid_http_request_duration_seconds",
        help: "Requests by operation and status.",
        labelNames: ["method", "path", "status"],
        buckets,
        registers: [registry]
      })
      const defects = new Counter({
        name: "timegrid_http_defects_total",
        help: "Requests that failed for a fault of the server.",
        registers: [registry]
      })
      const waiting = new Gauge({
        name: "timegrid_jobs_unfinished",
        help: "Jobs that are not finished, by status and tier.",
        labelNames: ["status", "tier"],
        registers: [registry]
      })
      // A store that is out of reach leaves its figures as they were.
      const lookAtQueue = Effect.ignore(
        Effect.map(jobs.queueStatistics, (rows) => {
          waiting.reset()
          for (const { jobCount, processingTier, status } of rows) {
            waiting.set({ status, tier: processingTier ?? "none" }, jobCount)
          }
        })
      )
      return {
        countRequest: ({ defect, durationMs, endpoint: { method, path }, status }) =>
          Effect.sync(() => {
            requests.observe({ method, path, status }, durationMs / 1_000)
            if (defect !== undefined) defects.inc()
          }),
        page: Effect.gen(function* () {
          yield* lookAtQueue
          return { contentType: registry.contentType, text: yield* Effect.promise(() => registry.metrics()) }
        })
      }
    })
  )
}
