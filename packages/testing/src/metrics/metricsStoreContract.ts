import { randomUUID } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import type { ProcessingMetricInput } from "@timegrid/core"
import { type HourlyFigures, MetricsStore } from "@timegrid/core/metrics"
import { RepositoryError } from "@timegrid/core/repository"
import { Effect, type Layer } from "effect"

/** What can be chosen of {@link metricsStoreContract}. */
export interface MetricsContractOptions {
  /** Whether the database itself removes what is old, so that `expire` removes nothing. Default false. */
  readonly expiresByPolicy?: boolean
}

const hourMs = 3_600_000

/** The beginning of the hour that was so many hours ago. */
const hour = (hoursAgo: number) => new Date(Math.floor(Date.now() / hourMs - hoursAgo) * hourMs)

const at = (hoursAgo: number, minute: number) => new Date(hour(hoursAgo).getTime() + minute * 60_000)

const job = (row: Partial<ProcessingMetricInput> & Pick<ProcessingMetricInput, "time">): ProcessingMetricInput => ({
  jobId: randomUUID(),
  documentType: "application/pdf",
  processingTier: "native",
  durationMs: 100,
  confidence: 90,
  success: true,
  metadata: { pages: 1 },
  ...row
})

const store = <A, E>(use: (service: MetricsStore["Service"]) => Effect.Effect<A, E>) => MetricsStore.use(use)

/** Averages of the same rows may differ in their last digits from one store to another. */
const assertFigures = (found: ReadonlyArray<HourlyFigures>, expected: ReadonlyArray<HourlyFigures>) => {
  const rounded = (figures: ReadonlyArray<HourlyFigures>) =>
    figures.map((one) =>
      Object.fromEntries(
        Object.entries(one).map(([name, value]) => [name, typeof value === "number" ? Number(value.toFixed(6)) : value])
      )
    )
  assert.deepStrictEqual(rounded(found), rounded(expected))
}

/** The promises that every store of metrics keeps. The layer provides an empty one. */
export const metricsStoreContract = <E>(
  name: string,
  metrics: Layer.Layer<MetricsStore, E>,
  { expiresByPolicy = false }: MetricsContractOptions = {}
): void => {
  layer(metrics, { excludeTestServices: true })(`MetricsStore contract: ${name}`, (it) => {
    it.effect("hours that are over have the figures of their jobs by tier, whole jobs alone", () =>
      Effect.gen(function* () {
        const durations = [100, 200, 300, 1_000]
        yield* store((metrics) =>
          metrics.recordProcessing([
            ...durations.map((durationMs, index) =>
              job({ time: at(5, index), durationMs, confidence: 80 + index, success: index > 0 })
            ),
            job({ time: at(5, 59), processingTier: "llm", durationMs: null, confidence: null, success: null }),
            job({ time: at(5, 10), processingTier: null, durationMs: 7, confidence: 50.25 }),
            // A stage of a job is no job.
            job({ time: at(5, 10), stage: "ocr", durationMs: 9_999, confidence: 1, success: false }),
            job({ time: at(4, 0), durationMs: 1 })
          ])
        )
        yield* store((metrics) => metrics.rollUp)
        const bucket = hour(5).toISOString()
        const found = yield* store((metrics) => metrics.hourly({ from: hour(5), to: hour(4) }))
        assertFigures(found, [
          {
            bucket,
            processingTier: "llm",
            totalJobs: 1,
            avgDurationMs: null,
            p95DurationMs: null,
            avgConfidence: null,
            successRate: 0
          },
          {
            bucket,
            processingTier: "native",
            totalJobs: 4,
            avgDurationMs: 400,
            p95DurationMs: 895,
            avgConfidence: 81.5,
            successRate: 0.75
          },
          {
            bucket,
            processingTier: null,
            totalJobs: 1,
            avgDurationMs: 7,
            p95DurationMs: 7,
            avgConfidence: 50.25,
            successRate: 1
          }
        ])
        const both = yield* store((metrics) => metrics.hourly({ from: hour(5), to: hour(3) }))
        assert.deepStrictEqual(
          both.map(({ bucket, processingTier }) => [bucket, processingTier]),
          [...found.map((one) => [bucket, one.processingTier]), [hour(4).toISOString(), "native"]]
        )
      })
    )

    it.effect("an hour that is not over has no figures", () =>
      Effect.gen(function* () {
        yield* store((metrics) => metrics.recordProcessing([job({ time: new Date() })]))
        yield* store((metrics) => metrics.rollUp)
        assert.deepStrictEqual(yield* store((metrics) => metrics.hourly({ from: hour(0), to: hour(-2) })), [])
      })
    )

    it.effect("figures worked out again, or by two at once, are the same, and take in what came late", () =>
      Effect.gen(function* () {
        const range = { from: hour(2), to: hour(1) }
        const rollUp = store((metrics) => metrics.rollUp)
        yield* store((metrics) => metrics.recordProcessing([job({ time: at(2, 1), processingTier: "late" })]))
        yield* Effect.all([rollUp, rollUp, rollUp], { concurrency: "unbounded" })
        const before = yield* store((metrics) => metrics.hourly(range))
        yield* rollUp
        assert.deepStrictEqual(yield* store((metrics) => metrics.hourly(range)), before)
        yield* store((metrics) => metrics.recordProcessing([job({ time: at(2, 2), processingTier: "late" })]))
        yield* rollUp
        const after = yield* store((metrics) => metrics.hourly(range))
        assert.deepStrictEqual(
          [before, after].map((figures) => figures.map(({ totalJobs }) => totalJobs)),
          [[1], [2]]
        )
      })
    )

    it.effect("requests are told by endpoint and method, the busiest first, with their percentiles", () =>
      Effect.gen(function* () {
        const request = (durationMs: number, more: object = {}) => ({
          time: at(0, 0),
          endpoint: "/jobs/{id}",
          method: "GET",
          statusCode: 200,
          durationMs,
          ipAddress: "192.0.2.1",
          userAgent: "test",
          ...more
        })
        yield* store((metrics) =>
          metrics.recordRequests([
            ...Array.from({ length: 101 }, (_, index) => request(index)),
            request(50, { method: "DELETE", statusCode: 503 }),
            request(0, { time: at(30, 0) })
          ])
        )
        assert.deepStrictEqual(yield* store((metrics) => metrics.requests({ from: hour(0), to: at(0, 60) })), [
          {
            endpoint: "/jobs/{id}",
            method: "GET",
            totalRequests: 101,
            failedRequests: 0,
            avgDurationMs: 50,
            p50DurationMs: 50,
            p95DurationMs: 95,
            p99DurationMs: 99
          },
          {
            endpoint: "/jobs/{id}",
            method: "DELETE",
            totalRequests: 1,
            failedRequests: 1,
            avgDurationMs: 50,
            p50DurationMs: 50,
            p95DurationMs: 50,
            p99DurationMs: 50
          }
        ])
      })
    )

    it.effect("a row that does not fit is refused with its whole batch; no rows are no work", () =>
      Effect.gen(function* () {
        const range = { from: hour(9), to: hour(8) }
        const batch = [job({ time: at(9, 1) }), job({ time: at(9, 2), processingTier: "x".repeat(21) })]
        const error = yield* Effect.flip(store((metrics) => metrics.recordProcessing(batch)))
        assert.instanceOf(error, RepositoryError)
        assert.strictEqual(error.reason._tag, "RowInvalid")
        yield* store((metrics) => metrics.recordProcessing([]))
        yield* store((metrics) => metrics.recordRequests([]))
        yield* store((metrics) => metrics.rollUp)
        assert.deepStrictEqual(yield* store((metrics) => metrics.hourly(range)), [])
      })
    )

    it.effect("what is older than its time goes, raw rows before hourly figures", () =>
      Effect.gen(function* () {
        const [from, to] = [hour(40 * 24), hour(39 * 24)]
        const old = at(40 * 24, 5)
        // Whatever other tests have left goes too.
        const expire = (raw: Date, hourly: Date) => store((metrics) => metrics.expire({ raw, hourly }))
        const hours = Effect.map(
          store((metrics) => metrics.hourly({ from, to })),
          (figures) => figures.length
        )
        yield* store((metrics) => metrics.recordProcessing([job({ time: old })]))
        yield* store((metrics) => metrics.recordRequests([{ time: old, endpoint: "/", method: "GET" }]))
        const never = new Date(0)
        assert.deepStrictEqual(yield* expire(never, never), { raw: 0, hourly: 0 })
        if (expiresByPolicy) return
        assert.deepStrictEqual(yield* expire(hour(35 * 24), hour(41 * 24)), { raw: 2, hourly: 0 })
        assert.deepStrictEqual(yield* store((metrics) => metrics.requests({ from, to })), [])
        const all = yield* store((metrics) => metrics.hourly({ from: never, to: hour(0) }))
        assert.strictEqual((yield* expire(never, hour(0))).hourly, all.length)
        assert.strictEqual(yield* hours, 0)
      })
    )
  })
}
