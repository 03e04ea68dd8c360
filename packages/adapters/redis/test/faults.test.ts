import { randomUUID } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { Cache } from "@timegrid/core"
import { RateLimiter } from "@timegrid/core/rate-limit"
import { EventBus, type EventChannel, ProgressStore, SubscriptionStore } from "@timegrid/core/realtime"
import { makeSessionToken, SessionStore } from "@timegrid/core/session"
import { startRedis, type TestServer } from "@timegrid/test-servers"
import { Effect, Fiber, Layer, Option, Stream } from "effect"
import { Redis } from "ioredis"
import { afterAll, beforeAll, expect } from "vitest"
import * as z from "zod"
import {
  RedisCache,
  RedisClient,
  RedisEventBus,
  RedisProgressStore,
  RedisRateLimiter,
  RedisSessionStore,
  RedisSubscriptionStore
} from "../src/index.ts"
import { redisUrl } from "./redis.ts"

const numbers: EventChannel<number> = { name: "numbers", schema: z.number() }

const stores = Layer.mergeAll(
  RedisCache.layer,
  RedisEventBus.layer,
  RedisProgressStore.layer,
  RedisRateLimiter.layer,
  RedisSessionStore.layer,
  RedisSubscriptionStore.layer({ beatEvery: "50 millis" })
)

/** No call may take longer, whatever has become of Redis: a command's second, and what a busy machine adds. */
const patienceMs = 5_000

/** The result or failure of a call, which comes in time. */
const inTime = <A, E, R>(call: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const start = performance.now()
    const exit = yield* Effect.result(call)
    assert.isBelow(performance.now() - start, patienceMs)
    return exit
  })

const eventually = <E, R>(holds: Effect.Effect<boolean, E, R>) =>
  Effect.gen(function* () {
    while (!(yield* Effect.orElseSucceed(holds, () => false))) yield* Effect.sleep(50)
  }).pipe(Effect.timeout("20 seconds"))

const reachable = Effect.as(
  RedisClient.RedisClient.use(({ ping }) => ping),
  true
)

const login = Effect.gen(function* () {
  const userId = randomUUID()
  const { secretHash } = yield* makeSessionToken(userId)
  yield* SessionStore.use((sessions) =>
    sessions.create({ userId, secretHash, email: "a@school.test", role: "teacher" })
  )
  return { userId, secretHash }
})

/** Every store fails or does without, in time. */
const allDoWithout = Effect.gen(function* () {
  const [userId, jobId] = [randomUUID(), randomUUID()]
  const cache = yield* Cache
  assert.strictEqual((yield* inTime(Effect.flip(cache.find("any"))))._tag, "Success")
  const refused = yield* Effect.flip(cache.put("any", new Uint8Array(1), "1 minute"))
  assert.strictEqual(refused.code, "unavailable")
  assert.isTrue(refused.isRetryable)
  const session = yield* inTime(Effect.flip(SessionStore.use((sessions) => sessions.use({ userId, secretHash: "x" }))))
  expect(session).toMatchObject({ _tag: "Success", success: { code: "unavailable" } })
  const progress = yield* inTime(
    Effect.flip(ProgressStore.use((store) => store.put(jobId, { status: "ocr", progress: 1 })))
  )
  expect(progress).toMatchObject({ _tag: "Success", success: { code: "unavailable" } })
  const published = yield* inTime(Effect.flip(EventBus.use((bus) => bus.publish(numbers, 1))))
  expect(published).toMatchObject({ _tag: "Success", success: { code: "unavailable" } })
})

describe.skipIf(redisUrl === null)("when Redis is gone", () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())

  const kill = Effect.promise(async () => {
    server.process?.kill("SIGKILL")
    await new Promise((resolve) => server.process?.once("exit", resolve))
  })
  const restart = Effect.promise(() => server.restart())
  const flush = Effect.promise(async () => {
    const client = new Redis(server.url)
    await client.flushall()
    client.disconnect()
  })
  const connected = () => Layer.provideMerge(stores, RedisClient.layer({ url: server.url }))

  it.live("every store says so at once or does without, and works again when Redis is back", () =>
    Effect.gen(function* () {
      const key = yield* login
      yield* kill
      yield* allDoWithout
      yield* restart
      yield* eventually(reachable)
      // Redis has kept nothing: whoever was logged in logs in again.
      const sessions = yield* SessionStore
      assert.isTrue(Option.isNone(yield* sessions.use(key)))
      const again = yield* login
      assert.isTrue(Option.isSome(yield* sessions.use(again)))
      const cache = yield* Cache
      assert.isTrue(Option.isNone(yield* cache.find("any")))
      yield* cache.put("any", Uint8Array.of(7), "1 minute")
      assert.strictEqual(Option.getOrThrow(yield* cache.find("any"))[0], 7)
    }).pipe(Effect.provide(connected()))
  )

  it.live("limits are kept by each process alone meanwhile", () =>
    Effect.gen(function* () {
      const { take } = yield* RateLimiter
      const limit = { userId: randomUUID(), endpoint: "/api/v1/jobs", limit: 3 }
      yield* kill
      const decisions = yield* Effect.forEach([1, 2, 3, 4, 5], () => inTime(take(limit)))
      expect(decisions.map((decision) => decision._tag === "Success" && decision.success.isAllowed)).toEqual([
        true,
        true,
        true,
        false,
        false
      ])
      yield* restart
      yield* eventually(reachable)
      assert.strictEqual((yield* take(limit)).remaining, 2)
    }).pipe(Effect.provide(connected()))
  )

  it.live("a subscription is remembered and written when Redis is back, and one that ended meanwhile is not", () =>
    Effect.gen(function* () {
      const store = yield* SubscriptionStore
      const [userId, before, ended, meanwhile] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
      yield* store.subscribe(userId, before)
      yield* store.subscribe(userId, ended)
      yield* kill
      yield* inTime(store.subscribe(userId, meanwhile))
      yield* inTime(store.unsubscribe(userId, ended))
      yield* restart
      yield* eventually(
        Effect.map(store.list(userId), (jobIds) => jobIds.toSorted().join() === [before, meanwhile].toSorted().join())
      )
    }).pipe(Effect.provide(connected()))
  )

  it.live("listeners hear of a gap, then of what is told after it", () =>
    Effect.gen(function* () {
      const bus = yield* EventBus
      const stream = yield* bus.listen(numbers)
      const heard = yield* Effect.forkChild(Stream.runCollect(Stream.take(stream, 3)))
      yield* bus.publish(numbers, 1)
      yield* kill
      yield* restart
      yield* eventually(reachable)
      const last = yield* Effect.forkChild(
        Effect.forever(Effect.andThen(Effect.ignore(bus.publish(numbers, 2)), Effect.sleep(50)))
      )
      assert.deepStrictEqual(yield* Fiber.join(heard), [
        { type: "event", event: 1 },
        { type: "gap" },
        { type: "event", event: 2 }
      ])
      yield* Fiber.interrupt(last)
    }).pipe(Effect.provide(connected()))
  )

  it.live("flushed, it has forgotten sessions and counts, and nothing fails", () =>
    Effect.gen(function* () {
      const key = yield* login
      const [userId, jobId] = [randomUUID(), randomUUID()]
      const { take } = yield* RateLimiter
      const subscriptions = yield* SubscriptionStore
      yield* subscriptions.subscribe(userId, jobId)
      assert.isFalse((yield* take({ userId, endpoint: "/", limit: 0 })).isAllowed)
      yield* take({ userId, endpoint: "/", limit: 1 })
      yield* flush
      assert.isTrue(Option.isNone(yield* SessionStore.use((sessions) => sessions.use(key))))
      assert.isTrue((yield* take({ userId, endpoint: "/", limit: 1 })).isAllowed)
      assert.isTrue(Option.isNone(yield* ProgressStore.use((store) => store.find(jobId))))
      yield* eventually(Effect.map(subscriptions.list(userId), (jobIds) => jobIds.includes(jobId)))
    }).pipe(Effect.provide(connected()))
  )

  it.live("one that hears and says nothing is waited for a second, and soon not at all", () =>
    Effect.gen(function* () {
      server.process?.kill("SIGSTOP")
      yield* Effect.addFinalizer(() => Effect.sync(() => server.process?.kill("SIGCONT")))
      yield* allDoWithout
      const { take } = yield* RateLimiter
      const decision = yield* inTime(take({ userId: randomUUID(), endpoint: "/", limit: 1 }))
      expect(decision).toMatchObject({ _tag: "Success", success: { isAllowed: true } })
      // By now it is known that the connection is dead.
      const start = performance.now()
      yield* take({ userId: randomUUID(), endpoint: "/", limit: 1 })
      assert.isBelow(performance.now() - start, 900)
    }).pipe(Effect.scoped, Effect.provide(connected()))
  )

  it.live("a process may start without it, and find it later", () =>
    Effect.gen(function* () {
      yield* kill
      yield* Effect.gen(function* () {
        yield* allDoWithout
        const stream = yield* EventBus.use((bus) => bus.listen(numbers))
        yield* restart
        yield* eventually(reachable)
        yield* login
        assert.deepStrictEqual(yield* Stream.runCollect(Stream.take(stream, 1)), [{ type: "gap" }])
      }).pipe(Effect.scoped, Effect.provide(connected()))
    })
  )
})
