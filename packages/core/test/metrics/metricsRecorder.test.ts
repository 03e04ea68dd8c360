import { assert, describe, it } from "@effect/vitest"
import { MemoryMetricsStore, MetricsRecorder, MetricsStore, type RecorderOptions } from "@timegrid/core/metrics"
import { RepositoryError, StoreUnavailable } from "@timegrid/core/repository"
import { Effect, Exit, Layer, Scope } from "effect"
import { TestClock } from "effect/testing"

const request = { time: "2026-03-02T08:00:00.000Z", endpoint: "/", method: "GET", statusCode: 200, durationMs: 1 }
const range = { from: new Date("2026-03-02T08:00:00Z"), to: new Date("2026-03-02T09:00:00Z") }

const gone = new RepositoryError({
  table: "api_metrics",
  reason: new StoreUnavailable({ isRetryable: true, cause: "gone" })
})

const recorder = (store: MetricsStore["Service"], options?: RecorderOptions) =>
  MetricsRecorder.layer(options).pipe(Layer.provide(Layer.succeed(MetricsStore, store)))

const recorded = (store: MetricsStore["Service"]) =>
  Effect.map(store.requests(range), ([figures]) => figures?.totalRequests ?? 0)

const measure = (count: number) =>
  MetricsRecorder.use((metrics) =>
    Effect.forEach(Array.from({ length: count }), () => metrics.request(request), { discard: true })
  )

const counts = MetricsRecorder.use((metrics) => metrics.counts)

describe("MetricsRecorder", () => {
  it.effect("stores what was measured within an interval, in batches of the size that was asked for", () => {
    const memory = MemoryMetricsStore.make()
    const batches: Array<number> = []
    const watched = {
      ...memory,
      recordRequests: (rows: Parameters<typeof memory.recordRequests>[0]) => {
        batches.push(rows.length)
        return memory.recordRequests(rows)
      }
    }
    return Effect.gen(function* () {
      yield* measure(250)
      assert.deepStrictEqual(batches, [])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(batches, [100, 100, 50])
      assert.deepStrictEqual(yield* counts, { stored: 250, dropped: 0 })
      assert.strictEqual(yield* recorded(memory), 250)
    }).pipe(Effect.provide(recorder(watched, { batchSize: 100 })))
  })

  it.effect("stores what waits when it ends", () =>
    Effect.gen(function* () {
      const memory = MemoryMetricsStore.make()
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(recorder(memory), scope)
      yield* Effect.provide(measure(3), context)
      yield* Scope.close(scope, Exit.void)
      assert.strictEqual(yield* recorded(memory), 3)
    })
  )

  it.effect("counts what it has no room for, and what fits no column", () => {
    const memory = MemoryMetricsStore.make()
    return Effect.gen(function* () {
      yield* measure(15)
      yield* MetricsRecorder.use((metrics) => metrics.request({ ...request, method: "TOO-LONG-FOR-IT" }))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* counts, { stored: 10, dropped: 6 })
      assert.strictEqual(yield* recorded(memory), 10)
    }).pipe(Effect.provide(recorder(memory, { capacity: 10 })))
  })

  it.effect("never fails while the store does, and stores again when that is back", () => {
    const memory = MemoryMetricsStore.make()
    let isGone = true
    const flaky = {
      ...memory,
      recordRequests: (rows: Parameters<typeof memory.recordRequests>[0]) =>
        isGone ? Effect.fail(gone) : memory.recordRequests(rows)
    }
    return Effect.gen(function* () {
      yield* measure(2)
      yield* TestClock.adjust("1 second")
      isGone = false
      yield* measure(3)
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* counts, { stored: 3, dropped: 2 })
    }).pipe(Effect.provide(recorder(flaky)))
  })

  it.effect("gives a store that hangs no more than its time, also when it ends", () => {
    const hanging = { ...MemoryMetricsStore.make(), recordRequests: () => Effect.never }
    return Effect.gen(function* () {
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(recorder(hanging, { capacity: 10, timeout: "5 seconds" }), scope)
      yield* Effect.provide(measure(5), context)
      yield* TestClock.adjust("1 second")
      yield* Effect.provide(measure(12), context)
      yield* TestClock.adjust("5 seconds")
      assert.deepStrictEqual(yield* Effect.provide(counts, context), { stored: 0, dropped: 7 })
      const closing = yield* Effect.forkChild(Scope.close(scope, Exit.void))
      yield* TestClock.adjust("5 seconds")
      assert.isDefined(closing.pollUnsafe())
    })
  })
})
