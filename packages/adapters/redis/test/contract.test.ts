import {
  cacheContract,
  eventBusContract,
  progressStoreContract,
  rateLimiterContract,
  sessionStoreContract,
  subscriptionStoreContract
} from "@timegrid/testing"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { describe } from "vitest"
import {
  RedisCache,
  RedisEventBus,
  RedisProgressStore,
  RedisRateLimiter,
  RedisSessionStore,
  RedisSubscriptionStore
} from "../src/index.ts"
import { ownRedis, redisUrl } from "./redis.ts"

describe.skipIf(redisUrl === null)("on a real Redis", () => {
  const { age: passTime, layer } = ownRedis()
  cacheContract("Redis", Layer.provide(RedisCache.layer, layer), { passTime })
  rateLimiterContract("Redis", Layer.provide(RedisRateLimiter.layer, layer), { passTime })
  progressStoreContract("Redis", Layer.provide(RedisProgressStore.layer, layer), { passTime })
  subscriptionStoreContract("Redis", Layer.provide(RedisSubscriptionStore.layer(), layer))
  eventBusContract("Redis", Layer.provide(RedisEventBus.layer, layer), {
    elsewhere: Layer.provide(RedisEventBus.layer, Layer.fresh(layer))
  })
  sessionStoreContract("Redis", Layer.provide(RedisSessionStore.layer, layer), {
    // Keys live by the clock of Redis, sessions within by that of Effect.
    passTime: (duration) => Effect.andThen(TestClock.adjust(duration), passTime(duration))
  })
})
