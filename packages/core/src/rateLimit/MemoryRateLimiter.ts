/** Rate limits in memory. Used as a namespace: `MemoryRateLimiter.layer`. */
import { Clock, Duration, Effect, Layer } from "effect"
import { rateLimitEntry } from "../domain/redis/RateLimitCount.ts"
import { RateLimiter, rateLimitWindowMs } from "./RateLimiter.ts"

interface Window {
  count: number
  readonly endsMs: number
}

/** So many windows are kept at most; beyond it those are forgotten that began first. */
const maxWindows = 100_000

/** Counts of its own that live as long as it is referred to. */
export const make = (): RateLimiter["Service"] => {
  // In the order in which they began.
  const windows = new Map<string, Window>()

  const begin = (key: string, nowMs: number, windowMs: number): Window => {
    windows.delete(key)
    for (const [oldest, { endsMs }] of windows) {
      if (endsMs > nowMs && windows.size < maxWindows) break
      windows.delete(oldest)
    }
    const window = { count: 0, endsMs: nowMs + windowMs }
    windows.set(key, window)
    return window
  }
  return {
    take: ({ endpoint, limit, userId, window: length = rateLimitWindowMs }) =>
      Effect.map(Clock.currentTimeMillis, (nowMs) => {
        const key = rateLimitEntry.key({ userId, endpoint })
        const known = windows.get(key)
        const window = known && known.endsMs > nowMs ? known : begin(key, nowMs, Duration.toMillis(length))
        const isAllowed = window.count < limit
        if (isAllowed) window.count += 1
        return { isAllowed, limit, remaining: Math.max(0, limit - window.count), resetMs: window.endsMs - nowMs }
      })
  }
}

/** Provides `RateLimiter` for one process. */
export const layer: Layer.Layer<RateLimiter> = Layer.sync(RateLimiter, make)
