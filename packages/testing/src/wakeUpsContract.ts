import { randomUUID } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import type { QueueName } from "@timegrid/core"
import { type ConsumeOptions, WakeUps } from "@timegrid/core/queue"
import { Deferred, Effect, Exit, type Layer, Option, Queue, Scope } from "effect"

/** No worker looks for jobs by itself: only messages wake it. */
const never = { pollEvery: "1 hour" } as const

const publish = (
  queue: QueueName,
  jobIds: ReadonlyArray<string>,
  { delayMs = 0, priority = 0 }: { readonly delayMs?: number; readonly priority?: number } = {}
) =>
  WakeUps.use((wakeUps) => {
    const availableAt = new Date(Date.now() + delayMs).toISOString()
    return wakeUps.publish(jobIds.map((jobId) => ({ jobId, queue, priority, availableAt })))
  })

/** Listens until the scope closes; gives the ids in the order in which they come. */
const listenTo = Effect.fnUntraced(function* (queue: QueueName, options: ConsumeOptions = never) {
  const heard = yield* Queue.unbounded<string>()
  const { consume } = yield* WakeUps
  const hear = (jobId: Option.Option<string>) =>
    Effect.sync(() => {
      if (Option.isSome(jobId)) Queue.offerUnsafe(heard, jobId.value)
      return Option.isSome(jobId)
    })
  yield* consume(queue, hear, options)
  return heard
})

const ids = (count: number) => Array.from({ length: count }, () => randomUUID())

/**
 * The promises that every way to wake workers keeps. Each test has a queue, or listens after the one before has left it.
 * Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * wakeUpsContract("memory", MemoryWakeUps.layer)
 */
export const wakeUpsContract = <E>(name: string, wakeUps: Layer.Layer<WakeUps, E>): void => {
  layer(wakeUps, { excludeTestServices: true })(`WakeUps contract: ${name}`, (it) => {
    it.effect("a worker hears of each job in its queue, and of no other", () =>
      Effect.gen(function* () {
        const heard = yield* listenTo("ocr-queue")
        const jobIds = ids(20)
        yield* publish("llm-queue", ids(1))
        yield* publish("ocr-queue", jobIds)
        assert.deepStrictEqual((yield* Queue.takeN(heard, 20)).toSorted(), jobIds.toSorted())
      }).pipe(Effect.scoped)
    )

    it.effect("what was published before anyone listened is heard, the greater priority first, then the older", () =>
      Effect.gen(function* () {
        const [low, normal, high] = [ids(2), ids(2), ids(2)]
        yield* publish("validation-queue", low, { priority: -5 })
        yield* publish("validation-queue", normal)
        yield* publish("validation-queue", high, { priority: 10 })
        const heard = yield* listenTo("validation-queue")
        assert.deepStrictEqual(yield* Queue.takeN(heard, 6), [...high, ...normal, ...low])
      }).pipe(Effect.scoped)
    )

    it.effect("a job that is spoken of twice before anyone looked wakes one worker", () =>
      Effect.gen(function* () {
        const [jobId, last] = [randomUUID(), randomUUID()]
        yield* publish("preprocessing-queue", [jobId, jobId])
        yield* publish("preprocessing-queue", [jobId])
        yield* publish("preprocessing-queue", [last])
        const heard = yield* listenTo("preprocessing-queue")
        assert.deepStrictEqual(yield* Queue.takeN(heard, 2), [jobId, last])
      }).pipe(Effect.scoped)
    )

    it.effect("a job that is spoken of while it is worked on is looked at again", () =>
      Effect.gen(function* () {
        const jobId = randomUUID()
        const begun = yield* Queue.unbounded<string>()
        const mayEnd = yield* Deferred.make<void>()
        const { consume } = yield* WakeUps
        const handle = (heard: Option.Option<string>) =>
          Option.isNone(heard)
            ? Effect.succeed(false)
            : Effect.as(Effect.andThen(Queue.offer(begun, heard.value), Deferred.await(mayEnd)), true)
        yield* consume("notification-queue", handle, never)
        yield* publish("notification-queue", [jobId])
        yield* Queue.take(begun)
        yield* publish("notification-queue", [jobId])
        yield* Deferred.succeed(mayEnd, undefined)
        assert.strictEqual(yield* Queue.take(begun), jobId)
      }).pipe(Effect.scoped)
    )

    it.effect("a job that is not to be had yet wakes nobody before", () =>
      Effect.gen(function* () {
        const heard = yield* listenTo("classification-queue")
        const [later, now] = [randomUUID(), randomUUID()]
        const start = performance.now()
        yield* publish("classification-queue", [later], { delayMs: 600 })
        yield* publish("classification-queue", [now])
        assert.deepStrictEqual(yield* Queue.takeN(heard, 2), [now, later])
        assert.isAtLeast(performance.now() - start, 500)
      }).pipe(Effect.scoped)
    )

    it.effect("as many jobs are worked on at once as the worker allows", () =>
      Effect.gen(function* () {
        let most = 0
        let running = 0
        const done = yield* Queue.unbounded<void>()
        const { consume } = yield* WakeUps
        const handle = (heard: Option.Option<string>) =>
          Effect.gen(function* () {
            if (Option.isNone(heard)) return false
            running += 1
            most = Math.max(most, running)
            yield* Effect.sleep(30)
            running -= 1
            yield* Queue.offer(done, undefined)
            return true
          })
        yield* consume("ocr-queue", handle, { ...never, concurrency: 3 })
        yield* publish("ocr-queue", ids(12))
        yield* Queue.takeN(done, 12)
        assert.strictEqual(most, 3)
      }).pipe(Effect.scoped)
    )

    it.effect("a handler that dies takes neither the worker nor other jobs with it", () =>
      Effect.gen(function* () {
        const heard = yield* Queue.unbounded<string>()
        const [bad, good] = [randomUUID(), randomUUID()]
        const { consume } = yield* WakeUps
        const handle = (jobId: Option.Option<string>) => {
          if (Option.isNone(jobId)) return Effect.succeed(false)
          return jobId.value === bad ? Effect.die("on purpose") : Effect.as(Queue.offer(heard, jobId.value), true)
        }
        yield* consume("llm-queue", handle, never)
        yield* publish("llm-queue", [bad, good])
        let last = ""
        while (last !== good) last = yield* Queue.take(heard)
      }).pipe(Effect.scoped)
    )

    it.effect("an idle worker looks by itself, at once and again, while there is work and no message", () =>
      Effect.gen(function* () {
        const found = yield* Queue.unbounded<void>()
        let waiting = 3
        const { consume } = yield* WakeUps
        const handle = (jobId: Option.Option<string>) =>
          Effect.sync(() => {
            if (Option.isSome(jobId) || waiting === 0) return false
            waiting -= 1
            return Queue.offerUnsafe(found, undefined)
          })
        yield* consume("preprocessing-queue", handle, { pollEvery: "50 millis" })
        yield* Queue.takeN(found, 3)
        waiting = 1
        yield* Queue.take(found)
      }).pipe(Effect.scoped)
    )

    it.effect("a worker that leaves ends what it has begun and begins nothing more", () =>
      Effect.gen(function* () {
        const scope = yield* Scope.make()
        const begun = yield* Queue.unbounded<string>()
        const ended: Array<string> = []
        const { consume } = yield* WakeUps
        const handle = (jobId: Option.Option<string>) =>
          Effect.gen(function* () {
            if (Option.isNone(jobId)) return false
            yield* Queue.offer(begun, jobId.value)
            yield* Effect.sleep(300)
            ended.push(jobId.value)
            return true
          })
        yield* Scope.provide(consume("validation-queue", handle, never), scope)
        const jobIds = ids(5)
        yield* publish("validation-queue", jobIds)
        const first = yield* Queue.take(begun)
        yield* Scope.close(scope, Exit.void)
        assert.deepStrictEqual(ended, [first])
        // What it has not begun is there for the next worker.
        const rest = yield* listenTo("validation-queue")
        assert.deepStrictEqual(yield* Queue.takeN(rest, 4), jobIds.slice(1))
      }).pipe(Effect.scoped)
    )

    it.effect("work that takes too long to end is interrupted, so that it is handed back", () =>
      Effect.gen(function* () {
        const scope = yield* Scope.make()
        const begun = yield* Deferred.make<void>()
        let isHandedBack = false
        const { consume } = yield* WakeUps
        const handle = (jobId: Option.Option<string>) =>
          Option.isNone(jobId)
            ? Effect.succeed(false)
            : Effect.andThen(Deferred.succeed(begun, undefined), Effect.never).pipe(
                Effect.onInterrupt(() => Effect.sync(() => (isHandedBack = true)))
              )
        yield* Scope.provide(consume("ocr-queue", handle, { ...never, drainFor: "200 millis" }), scope)
        yield* publish("ocr-queue", ids(1))
        yield* Deferred.await(begun)
        yield* Scope.close(scope, Exit.void)
        assert.isTrue(isHandedBack)
      }).pipe(Effect.scoped)
    )
  })
}
