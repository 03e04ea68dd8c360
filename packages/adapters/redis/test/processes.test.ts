import { randomUUID } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { RateLimiter } from "@timegrid/core/rate-limit"
import { EventBus, type EventChannel, SubscriptionStore } from "@timegrid/core/realtime"
import { Context, Effect, Exit, Layer, Scope, Stream } from "effect"
import { Redis } from "ioredis"
import * as z from "zod"
import { RedisClient, RedisEventBus, RedisRateLimiter, RedisSubscriptionStore } from "../src/index.ts"
import { ownRedis, redisUrl } from "./redis.ts"

const quick = { beatEvery: "50 millis", silentFor: "400 millis" } as const

/** Until it holds; fails after some seconds. */
const eventually = (holds: Effect.Effect<boolean, unknown>) =>
  Effect.gen(function* () {
    while (!(yield* holds)) yield* Effect.sleep(20)
  }).pipe(Effect.timeout("10 seconds"))

describe.skipIf(redisUrl === null)("several processes", () => {
  const { layer, prefix } = ownRedis()

  /** A store as a process of its own has it. */
  const process = Effect.map(
    Layer.build(Layer.fresh(Layer.provide(RedisSubscriptionStore.layer(quick), Layer.fresh(layer)))),
    (context) => Context.get(context, SubscriptionStore)
  )

  it.live("a job that two processes follow is followed until both have left it", () =>
    Effect.gen(function* () {
      const [one, other] = [yield* process, yield* process]
      const [userId, jobId] = [randomUUID(), randomUUID()]
      yield* one.subscribe(userId, jobId)
      yield* other.subscribe(userId, jobId)
      yield* one.unsubscribe(userId, jobId)
      assert.deepStrictEqual(yield* one.list(userId), [jobId])
      yield* other.unsubscribe(userId, jobId)
      assert.deepStrictEqual(yield* one.list(userId), [])
    })
  )

  it.live("what a process held ends with it", () =>
    Effect.gen(function* () {
      const [userId, jobId] = [randomUUID(), randomUUID()]
      const one = yield* process
      const scope = yield* Scope.make()
      const other = yield* Scope.provide(process, scope)
      yield* other.subscribe(userId, jobId)
      assert.deepStrictEqual(yield* one.list(userId), [jobId])
      yield* Scope.close(scope, Exit.void)
      assert.deepStrictEqual(yield* one.list(userId), [])
    })
  )

  it.live("what a process held that died without a word is swept away, and nothing else", () =>
    Effect.gen(function* () {
      const [userId, shared, orphaned] = [randomUUID(), randomUUID(), randomUUID()]
      const one = yield* process
      yield* one.subscribe(userId, shared)
      // As a process leaves it that was killed: its name, its users and what it followed, and no word since.
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => new Redis(redisUrl!)),
        (client) => Effect.sync(() => client.disconnect())
      )
      yield* Effect.promise(async () => {
        await client.zadd(`${prefix}ws:processes`, String(Date.now() - 60_000), "killed")
        await client.sadd(`${prefix}ws:process:killed`, userId)
        await client.hset(`${prefix}ws:holders:${userId}`, { [`${shared} killed`]: "1", [`${orphaned} killed`]: "1" })
        await client.sadd(`${prefix}ws:subscriptions:${userId}`, orphaned)
      })
      yield* eventually(Effect.map(one.list(userId), (jobIds) => jobIds.length === 1))
      assert.deepStrictEqual(yield* one.list(userId), [shared])
      yield* eventually(
        Effect.promise(() => client.exists(`${prefix}ws:process:killed`)).pipe(Effect.map((count) => count === 0))
      )
      assert.notInclude(yield* Effect.promise(() => client.zrange(`${prefix}ws:processes`, "0", "-1")), "killed")
    })
  )

  it.live("a process that was taken for dead says what it follows again", () =>
    Effect.gen(function* () {
      const [userId, jobId] = [randomUUID(), randomUUID()]
      const one = yield* process
      yield* one.subscribe(userId, jobId)
      const keys = [`ws:subscriptions:${userId}`, `ws:holders:${userId}`, "ws:processes"]
      yield* Effect.promise(async () => {
        const client = new Redis(redisUrl!)
        await client.del(...keys.map((key) => prefix + key))
        client.disconnect()
      })
      yield* eventually(Effect.map(one.list(userId), (jobIds) => jobIds.includes(jobId)))
    })
  )

  it.live("of 1,000 requests at once from four processes exactly 100 are allowed at a limit of 100", () =>
    Effect.gen(function* () {
      const limiters = yield* Effect.forEach([1, 2, 3, 4], () =>
        Effect.map(Layer.build(Layer.fresh(Layer.provide(RedisRateLimiter.layer, Layer.fresh(layer)))), (context) =>
          Context.get(context, RateLimiter)
        )
      )
      const limit = { userId: randomUUID(), endpoint: "/api/v1/documents/upload", limit: 100 }
      const requests = Array.from({ length: 1_000 }, (_, index) => limiters[index % limiters.length]!.take(limit))
      const decisions = yield* Effect.all(requests, { concurrency: "unbounded" })
      assert.lengthOf(
        decisions.filter(({ isAllowed }) => isAllowed),
        100
      )
    })
  )

  it.live("two systems that share a Redis under two prefixes hear nothing of each other", () =>
    Effect.gen(function* () {
      const numbers: EventChannel<number> = { name: "numbers", schema: z.number() }
      const bus = (of: string) =>
        Effect.map(
          Layer.build(
            Layer.provide(
              RedisEventBus.layer,
              RedisClient.layer({ url: redisUrl!, prefix: prefix + of, commandTimeoutMs: 30_000 })
            )
          ),
          (context) => Context.get(context, EventBus)
        )
      const [one, other] = [yield* bus("one:"), yield* bus("other:")]
      const stream = yield* one.listen(numbers)
      yield* other.publish(numbers, 1)
      yield* one.publish(numbers, 2)
      assert.deepStrictEqual(yield* Stream.runCollect(Stream.take(stream, 1)), [{ type: "event", event: 2 }])
    })
  )
})
