/** A cache in Redis. Used as a namespace: `RedisCache.layer`. */
import { Cache, CacheError, CacheRefused, CacheUnavailable } from "@timegrid/core"
import { Duration, Effect, Layer, Option } from "effect"
import { RedisClient } from "./RedisClient.ts"
import type { RedisFailure } from "./RedisFailure.ts"

const failed = (key: string) => (failure: RedisFailure) => {
  const reason = failure.isRefusal ? new CacheRefused({ cause: failure }) : new CacheUnavailable({ cause: failure })
  return new CacheError({ key, reason })
}

/** Provides `Cache`: values are strings under their own keys. This Redis may be one that evicts. */
export const layer: Layer.Layer<Cache, never, RedisClient> = Layer.effect(
  Cache,
  Effect.gen(function* () {
    const { keys, run } = yield* RedisClient
    return {
      find: (key) =>
        run((client) => client.getBuffer(keys.whole(key))).pipe(
          Effect.map(Option.fromNullOr),
          Effect.mapError(failed(key))
        ),
      put: (key, value, lifetime) => {
        const lifetimeMs = Math.max(1, Math.round(Duration.toMillis(Duration.fromInputUnsafe(lifetime))))
        const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
        return run((client) => client.set(keys.whole(key), bytes, "PX", lifetimeMs)).pipe(
          Effect.asVoid,
          Effect.mapError(failed(key))
        )
      },
      remove: (key) => run((client) => client.unlink(keys.whole(key))).pipe(Effect.asVoid, Effect.mapError(failed(key)))
    }
  })
)
