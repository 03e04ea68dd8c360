/** Rate limits in Redis. Used as a namespace: `RedisRateLimiter.layer`. */
import { rateLimitEntry } from "@timegrid/core"
import { MemoryRateLimiter, type RateLimit, RateLimiter, rateLimitWindowMs } from "@timegrid/core/rate-limit"
import { Duration, Effect, Layer } from "effect"
import * as z from "zod"
import { RedisClient } from "./RedisClient.ts"
import { script } from "./script.ts"

// A counter that lasts for ever is none of ours: it begins anew.
const takeScript = script(`
local count = tonumber(redis.call('GET', KEYS[1]) or '0') or 0
local left = redis.call('PTTL', KEYS[1])
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
if left < 0 then count = 0 end
if count >= limit then return { 0, 0, left < 0 and window or left } end
if left < 0 then
  redis.call('SET', KEYS[1], 1, 'PX', window)
  left = window
else
  redis.call('INCR', KEYS[1])
end
return { 1, limit - count - 1, left }
`)

const Taken = z.tuple([z.union([z.literal(0), z.literal(1)]), z.number(), z.number()])

/** Provides `RateLimiter` for all processes. While Redis is out of reach, each process counts for itself. */
export const layer: Layer.Layer<RateLimiter, never, RedisClient> = Layer.effect(
  RateLimiter,
  Effect.gen(function* () {
    const { keys, script: run } = yield* RedisClient
    const local = MemoryRateLimiter.make()

    const takeShared = Effect.fnUntraced(function* ({
      endpoint,
      limit,
      userId,
      window = rateLimitWindowMs
    }: RateLimit) {
      const key = keys.of(rateLimitEntry, { userId, endpoint })
      const [allowed, remaining, resetMs] = Taken.parse(
        yield* run(takeScript, [key], [limit, Math.ceil(Duration.toMillis(Duration.fromInputUnsafe(window)))])
      )
      return { isAllowed: allowed === 1, limit, remaining, resetMs }
    })
    return { take: (limit) => Effect.catch(takeShared(limit), () => local.take(limit)) }
  })
)
