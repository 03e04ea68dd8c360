import { assert, describe, it } from "@effect/vitest"
import {
  Cache,
  jobProgressEntry,
  llmResultEntry,
  ocrResultEntry,
  type RedisEntry,
  rateLimitEntry,
  Session,
  sessionEntry,
  subscriptionsEntry
} from "@timegrid/core"
import { RateLimiter } from "@timegrid/core/rate-limit"
import { ProgressStore, SubscriptionStore } from "@timegrid/core/realtime"
import { SessionStore } from "@timegrid/core/session"
import { startRedis, type TestServer } from "@timegrid/test-servers"
import { Effect, Layer } from "effect"
import { Redis } from "ioredis"
import { afterAll, beforeAll, beforeEach } from "vitest"
import {
  RedisCache,
  RedisClient,
  type RedisKeyOptions,
  RedisProgressStore,
  RedisRateLimiter,
  RedisSessionStore,
  RedisSubscriptionStore
} from "../src/index.ts"
import { redisUrl } from "./redis.ts"

const userId = "550e8400-e29b-41d4-a716-446655440000"
const jobId = "990e8400-e29b-41d4-a716-446655440004"
const secretHash = "sha256:00"
const upload = "/api/v1/documents/upload"

/** What the documentation of the schema says, letter by letter. */
const documented = [
  { key: `session:${userId}`, type: "hash", seconds: 604_800, entry: sessionEntry },
  { key: "ocr:result:sha256:abc123", type: "string", seconds: 2_592_000, entry: ocrResultEntry },
  { key: "llm:result:sha256:abc123:sha256:def456", type: "string", seconds: 7_776_000, entry: llmResultEntry },
  { key: `ratelimit:${userId}:${upload}`, type: "string", seconds: 3_600, entry: rateLimitEntry },
  { key: `job:progress:${jobId}`, type: "hash", seconds: 604_800, entry: jobProgressEntry },
  { key: `ws:subscriptions:${userId}`, type: "set", seconds: -1, entry: subscriptionsEntry }
] as const

/** Ours, beside them. */
const beside = [/^ws:holders:\S+$/, /^ws:process:\S+$/, /^ws:processes$/]

const seconds = ({ lifetimeSeconds }: RedisEntry) => `${lifetimeSeconds ?? 0} seconds` as const

/** Writes one of each kind, and looks while all of them live. */
const writeAll = <A>(look: Effect.Effect<A>) =>
  Effect.gen(function* () {
    yield* SessionStore.use((store) =>
      store.create({ userId, email: "john.smith@school.edu", role: "teacher", secretHash, userAgent: "Firefox" })
    )
    const cache = yield* Cache
    const value = new TextEncoder().encode("{}")
    const ocrKey = ocrResultEntry.key({ documentHash: "sha256:abc123" })
    yield* cache.put(ocrKey, value, seconds(ocrResultEntry))
    const llmKey = llmResultEntry.key({ documentHash: "sha256:abc123", promptHash: "sha256:def456" })
    yield* cache.put(llmKey, value, seconds(llmResultEntry))
    yield* RateLimiter.use((limiter) => limiter.take({ userId, endpoint: upload, limit: 60 }))
    yield* ProgressStore.use((store) =>
      store.put(jobId, { status: "ocr", stage: "ocr", progress: 42.5, confidence: 99.25 })
    )
    yield* SubscriptionStore.use((store) => store.subscribe(userId, jobId))
    return yield* look
  })

const stores = Layer.mergeAll(
  RedisCache.layer,
  RedisProgressStore.layer,
  RedisRateLimiter.layer,
  RedisSessionStore.layer,
  RedisSubscriptionStore.layer()
)

describe.skipIf(redisUrl === null)("keys", () => {
  let server: TestServer
  let client: Redis
  beforeAll(async () => {
    server = await startRedis()
    client = new Redis(server.url)
  })
  beforeEach(() => client.flushall())
  afterAll(async () => {
    client.disconnect()
    await server.stop()
  })

  const withStores = <A>(look: () => Promise<A>, options: RedisKeyOptions = {}) =>
    writeAll(Effect.promise(look)).pipe(
      Effect.provide(Layer.provide(stores, RedisClient.layer({ url: server.url, ...options })))
    )

  it.live("are those of the documentation, with its types and lifetimes, and a few of our own beside", () =>
    Effect.gen(function* () {
      const found = yield* withStores(async () => {
        const keys = await client.keys("*")
        return Promise.all(
          keys.map(async (key) => ({ key, type: await client.type(key), left: await client.ttl(key) }))
        )
      })
      const theirs = found.filter(({ key }) => !beside.some((pattern) => pattern.test(key)))
      assert.deepStrictEqual(theirs.map(({ key }) => key).toSorted(), documented.map(({ key }) => key).toSorted())
      for (const { entry, key, seconds, type } of documented) {
        const { left, type: foundType } = theirs.find((each) => each.key === key)!
        assert.strictEqual(foundType, type)
        // Some seconds may have passed since on a busy machine.
        assert.isTrue(left <= seconds && left > seconds - 20, `${key} lives for ${left} s`)
        assert.strictEqual(entry.lifetimeSeconds ?? -1, seconds)
      }
    })
  )

  it.live("hold what the documentation says", () =>
    Effect.gen(function* () {
      yield* withStores(async () => {
        const session = Session.parse({ ...(await client.hgetall(`session:${userId}`)) })
        assert.strictEqual(session.userId, userId)
        assert.strictEqual(session.email, "john.smith@school.edu")
        assert.strictEqual(session.role, "teacher")
        assert.isTrue(Date.parse(session.lastAccess) <= Date.now())
        assert.deepStrictEqual(JSON.parse(session[`device:${secretHash}`]!).userAgent, "Firefox")
        assert.deepStrictEqual(
          { ...(await client.hgetall(`job:progress:${jobId}`)) },
          {
            status: "ocr",
            stage: "ocr",
            progress: "42.5",
            confidence: "99.25"
          }
        )
        assert.strictEqual(await client.get(`ratelimit:${userId}:${upload}`), "1")
        assert.deepStrictEqual(await client.smembers(`ws:subscriptions:${userId}`), [jobId])
      })
    })
  )

  it.live("of subscriptions are all gone when the process has left", () =>
    Effect.gen(function* () {
      yield* withStores(async () => {})
      assert.deepStrictEqual(yield* Effect.promise(() => client.keys("ws:*")), [])
    })
  )

  it.live("all begin with the prefix, where there is one", () =>
    Effect.gen(function* () {
      const keys = yield* withStores(() => client.keys("*"), { prefix: "timegrid:" })
      assert.isAtLeast(keys.length, documented.length)
      for (const { key } of documented) assert.include(keys, `timegrid:${key}`)
      assert.isTrue(keys.every((key) => key.startsWith("timegrid:")))
    })
  )

  it.live("have hash tags where asked", () =>
    Effect.gen(function* () {
      const keys = yield* withStores(() => client.keys("*"), { hashTags: true })
      for (const key of [`session:{${userId}}`, `job:progress:{${jobId}}`, `ratelimit:{${userId}}:${upload}`]) {
        assert.include(keys, key)
      }
      assert.includeMembers(keys, [`ws:subscriptions:{${userId}}`, `ws:holders:{${userId}}`])
    })
  )
})
