import { RateLimiter } from "@timegrid/core/rate-limit"
import { Effect, Layer } from "effect"
import { RedisCache, RedisClient, RedisEventBus, RedisRateLimiter, RedisSessionStore } from "../src/index.ts"

/** The README's sample, on a Redis that need not be there. */
export const oneRequest = () => {
  const client = RedisClient.layer({ url: "redis://127.0.0.1:6379" })
  const stores = Layer.provide(
    Layer.mergeAll(RedisCache.layer, RedisEventBus.layer, RedisRateLimiter.layer, RedisSessionStore.layer),
    client
  )

  const upload = { userId: "550e8400-e29b-41d4-a716-446655440000", endpoint: "/api/v1/documents/upload", limit: 60 }
  const decision = RateLimiter.use((limiter) => limiter.take(upload)).pipe(Effect.provide(stores))
  return decision
}
