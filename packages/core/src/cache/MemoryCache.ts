/** A cache in memory. Used as a namespace: `MemoryCache.layer()`. */
import { Clock, Duration, Effect, Layer, Option } from "effect"
import { Cache } from "./Cache.ts"

/** What can be chosen of a cache in memory. */
export interface MemoryCacheOptions {
  /** Of all values; beyond it those go that were not asked for the longest. Default 64 MiB. */
  readonly maxBytes?: number
}

interface Kept {
  readonly value: Uint8Array
  readonly expiresMs: number
}

/** A cache of its own that lives as long as it is referred to. */
export const make = ({ maxBytes = 64 * 1024 * 1024 }: MemoryCacheOptions = {}): Cache["Service"] => {
  // In the order in which they were last put or found.
  const kept = new Map<string, Kept>()
  let bytes = 0

  const drop = (key: string): void => {
    bytes -= kept.get(key)?.value.length ?? 0
    kept.delete(key)
  }
  const keep = (key: string, entry: Kept): void => {
    drop(key)
    kept.set(key, entry)
    bytes += entry.value.length
    for (const oldest of kept.keys()) {
      if (bytes <= maxBytes) break
      drop(oldest)
    }
  }
  return {
    find: (key) =>
      Effect.map(Clock.currentTimeMillis, (nowMs) => {
        const entry = kept.get(key)
        if (entry === undefined) return Option.none()
        if (entry.expiresMs <= nowMs) {
          drop(key)
          return Option.none()
        }
        keep(key, entry)
        return Option.some(entry.value)
      }),
    put: (key, value, lifetime) =>
      Effect.map(Clock.currentTimeMillis, (nowMs) =>
        keep(key, { value, expiresMs: nowMs + Duration.toMillis(Duration.fromInputUnsafe(lifetime)) })
      ),
    remove: (key) => Effect.sync(() => drop(key))
  }
}

/** Provides `Cache`; what it holds is gone with the process. */
export const layer = (options?: MemoryCacheOptions): Layer.Layer<Cache> => Layer.sync(Cache, () => make(options))
