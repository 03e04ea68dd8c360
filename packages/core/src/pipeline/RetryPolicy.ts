import { Duration, Effect, Random } from "effect"
import type { ErrorClass } from "./errorClass.ts"

/** How often and after what a failed call is made again. Only `transient` and `rate_limited` failures ever are. */
export interface RetryPolicy {
  /** Calls after the first that fails for a passing reason. Default 3. */
  readonly transientRetries: number
  /** Calls after the first that is told to come back later. Default 5. */
  readonly rateLimitedRetries: number
  /** The first backoff at most; each next one is at most twice as long. Default 200 ms. */
  readonly firstDelay: Duration.Input
  /** Default 20 seconds. */
  readonly longestDelay: Duration.Input
  /** A server that asks for a longer wait than this is not waited for. Default 2 minutes. */
  readonly longestRetryAfter: Duration.Input
}

/** The defaults of every field. */
export const defaultRetryPolicy: RetryPolicy = {
  transientRetries: 3,
  rateLimitedRetries: 5,
  firstDelay: "200 millis",
  longestDelay: "20 seconds",
  longestRetryAfter: "2 minutes"
}

/**
 * Milliseconds until the next attempt, or null when there is none. The backoff is drawn evenly from between half of
 * its bound and the bound, which doubles with each attempt, so that callers who failed together do not come back
 * together. Where the server said when (`retryAfterMs`), the wait is never shorter than that.
 *
 * @param attempt The attempt that failed, from 1.
 */
export const nextDelay = Effect.fnUntraced(function* (
  policy: RetryPolicy,
  errorClass: ErrorClass,
  attempt: number,
  retryAfterMs: number | null
): Effect.fn.Return<number | null> {
  const retries =
    errorClass === "transient" ? policy.transientRetries : errorClass === "rate_limited" ? policy.rateLimitedRetries : 0
  if (attempt > retries) return null
  if (retryAfterMs !== null && retryAfterMs > Duration.toMillis(Duration.fromInputUnsafe(policy.longestRetryAfter)))
    return null
  const bound = Math.min(
    Duration.toMillis(Duration.fromInputUnsafe(policy.longestDelay)),
    Duration.toMillis(Duration.fromInputUnsafe(policy.firstDelay)) * 2 ** (attempt - 1)
  )
  const backoff = bound * (0.5 + 0.5 * (yield* Random.next))
  return Math.round(retryAfterMs === null ? backoff : retryAfterMs + backoff)
})
