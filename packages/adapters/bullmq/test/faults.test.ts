import { spawn } from "node:child_process"
import { randomUUID } from "node:crypto"
import { once } from "node:events"
import path from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { type QueueName, queueKey } from "@timegrid/core"
import { type ConsumeOptions, WakeUps } from "@timegrid/core/queue"
import { startRedis } from "@timegrid/test-servers"
import { Deferred, Effect, Option, Queue } from "effect"
import { Redis } from "ioredis"
import { inject } from "vitest"
import { BullWakeUps } from "../src/index.ts"

const server = (settings: Readonly<Record<string, string>> = {}) =>
  Effect.acquireRelease(
    Effect.promise(() => startRedis({ settings })),
    ({ stop }) => Effect.promise(stop)
  )

const client = (url: string) =>
  Effect.acquireRelease(
    Effect.sync(() => new Redis(url)),
    (client) => Effect.sync(() => client.disconnect())
  )

const publish = (queue: QueueName, jobId: string) =>
  WakeUps.use((wakeUps) => wakeUps.publish([{ jobId, queue, priority: 0, availableAt: new Date(0).toISOString() }]))

/** Hears of jobs until the scope closes; `look` is called when a worker looks by itself. */
const listenTo = Effect.fnUntraced(function* (
  queue: QueueName,
  { look = () => false, ...options }: ConsumeOptions & { readonly look?: () => boolean } = {}
) {
  const heard = yield* Queue.unbounded<string>()
  yield* WakeUps.use(({ consume }) =>
    consume(
      queue,
      (jobId) =>
        Effect.sync(() => {
          if (Option.isNone(jobId)) return look()
          return Queue.offerUnsafe(heard, jobId.value)
        }),
      { pollEvery: "1 hour", ...options }
    )
  )
  return heard
})

const untilPublished = (queue: QueueName, jobId: string) =>
  Effect.gen(function* () {
    while ((yield* Effect.result(publish(queue, jobId)))._tag === "Failure") yield* Effect.sleep(50)
  }).pipe(Effect.timeout("20 seconds"))

describe.skipIf(inject("redisUrl") === null)("BullWakeUps", () => {
  it.live.each(["allkeys-lru", "volatile-ttl"])("a Redis that evicts (%s) is refused, with one sentence", (policy) =>
    Effect.gen(function* () {
      const { url } = yield* server({ "maxmemory-policy": policy })
      const error = yield* Effect.flip(Effect.provide(WakeUps, BullWakeUps.layer({ url })))
      assert.strictEqual(error.reason._tag, "QueueMisconfigured")
      assert.strictEqual(
        error.message,
        `The queue's Redis evicts keys (maxmemory-policy ${policy}): set it to noeviction, or use another Redis for the queue.`
      )
    }).pipe(Effect.scoped)
  )

  it.live("the keys are those of the documentation, and a message holds nothing but the id of its job", () =>
    Effect.gen(function* () {
      const { url } = yield* server()
      const redis = yield* client(url)
      const [active, delayed] = [randomUUID(), randomUUID()]
      const begun = yield* Deferred.make<void>()
      yield* Effect.gen(function* () {
        const { consume, publish: publishAll } = yield* WakeUps
        yield* consume("ocr-queue", () => Effect.andThen(Deferred.succeed(begun, undefined), Effect.never), {
          pollEvery: "1 hour",
          drainFor: 0,
          concurrency: 2
        })
        const later = new Date(Date.now() + 3_600_000).toISOString()
        yield* publishAll([{ jobId: delayed, queue: "ocr-queue", priority: 0, availableAt: later }])
        yield* publish("ocr-queue", active)
        yield* Effect.promise(async () => {
          while ((await redis.llen(queueKey("ocr-queue", "active"))) === 0) {
            await new Promise((resolve) => setTimeout(resolve, 10))
          }
        })
        const [id] = yield* Effect.promise(() => redis.lrange(queueKey("ocr-queue", "active"), "0", "-1"))
        const data = yield* Effect.promise(() => redis.hget(`bull:ocr-queue:${id}`, "data"))
        assert.deepStrictEqual(JSON.parse(data!), { jobId: active })
        assert.strictEqual(yield* Effect.promise(() => redis.zcard(queueKey("ocr-queue", "delayed"))), 1)
      }).pipe(Effect.scoped, Effect.provide(BullWakeUps.layer({ url })))
    }).pipe(Effect.scoped)
  )

  it.live("a message whose worker was killed comes to another within 20 seconds", () =>
    Effect.gen(function* () {
      const { url } = yield* server()
      const jobId = randomUUID()
      const program = path.join(import.meta.dirname, "programs/worker.ts")
      const doomed = spawn(process.execPath, [program, url], { stdio: ["ignore", "pipe", "inherit"] })
      yield* Effect.addFinalizer(() => Effect.sync(() => doomed.kill("SIGKILL")))
      yield* Effect.gen(function* () {
        yield* publish("ocr-queue", jobId)
        const [said] = yield* Effect.promise(() => once(doomed.stdout, "data"))
        assert.strictEqual(String(said).trim(), jobId)
        doomed.kill("SIGKILL")
        const heard = yield* listenTo("ocr-queue")
        assert.strictEqual(yield* Effect.timeout(Queue.take(heard), "20 seconds"), jobId)
      }).pipe(Effect.scoped, Effect.provide(BullWakeUps.layer({ url })))
    }).pipe(Effect.scoped)
  )

  it.live("while Redis is gone publishing fails in time, workers look by themselves, and both find it again", () =>
    Effect.gen(function* () {
      const redis = yield* server()
      yield* Effect.gen(function* () {
        let looks = 0
        const heard = yield* listenTo("llm-queue", { pollEvery: "100 millis", look: () => ++looks < 0 })
        const jobId = randomUUID()
        yield* publish("llm-queue", jobId)
        assert.strictEqual(yield* Queue.take(heard), jobId)
        redis.process?.kill("SIGKILL")
        yield* Effect.promise(() => once(redis.process!, "exit"))
        const start = performance.now()
        const error = yield* Effect.flip(publish("llm-queue", randomUUID()))
        assert.strictEqual(error.code, "unavailable")
        assert.isBelow(performance.now() - start, 5_000)
        const before = looks
        yield* Effect.sleep(500)
        assert.isAbove(looks, before)
        yield* Effect.promise(() => redis.restart())
        const next = randomUUID()
        yield* untilPublished("llm-queue", next)
        assert.strictEqual(yield* Effect.timeout(Queue.take(heard), "20 seconds"), next)
      }).pipe(Effect.scoped, Effect.provide(BullWakeUps.layer({ url: redis.url })))
    }).pipe(Effect.scoped)
  )

  it.live("flushed, it has forgotten its messages, and new ones are heard", () =>
    Effect.gen(function* () {
      const { url } = yield* server()
      const redis = yield* client(url)
      yield* Effect.gen(function* () {
        const forgotten = randomUUID()
        yield* publish("validation-queue", forgotten)
        const heard = yield* listenTo("classification-queue")
        yield* Effect.promise(() => redis.flushall())
        // What it was told of before the flush stands in the way of nothing.
        yield* publish("validation-queue", forgotten)
        assert.strictEqual(yield* Queue.take(yield* listenTo("validation-queue")), forgotten)
        const jobId = randomUUID()
        yield* publish("classification-queue", jobId)
        assert.strictEqual(yield* Effect.timeout(Queue.take(heard), "20 seconds"), jobId)
      }).pipe(Effect.scoped, Effect.provide(BullWakeUps.layer({ url })))
    }).pipe(Effect.scoped)
  )

  it.live("a worker may start without Redis, and hears when it is there", () =>
    Effect.gen(function* () {
      const redis = yield* server()
      redis.process?.kill("SIGKILL")
      yield* Effect.promise(() => once(redis.process!, "exit"))
      yield* Effect.gen(function* () {
        const heard = yield* listenTo("ocr-queue")
        assert.strictEqual((yield* Effect.flip(publish("ocr-queue", randomUUID()))).code, "unavailable")
        yield* Effect.promise(() => redis.restart())
        const jobId = randomUUID()
        yield* untilPublished("ocr-queue", jobId)
        assert.strictEqual(yield* Effect.timeout(Queue.take(heard), "20 seconds"), jobId)
      }).pipe(Effect.scoped, Effect.provide(BullWakeUps.layer({ url: redis.url })))
    }).pipe(Effect.scoped)
  )
})
