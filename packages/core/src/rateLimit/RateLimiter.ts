import { Context, type Duration, type Effect } from "effect"
import { rateLimitEntry } from "../domain/redis/RateLimitCount.ts"

/** What is counted, and how much of it is let through. */
export interface RateLimit {
  /** Who asks: a user's id, or the address of someone unknown. */
  readonly userId: string
  /** What is asked for: a path such as `/api/v1/documents/upload`. It begins with a slash, which no id holds. */
  readonly endpoint: string
  /** Requests in a window. */
  readonly limit: number
  /** Begins with the first request. Default 1 hour. */
  readonly window?: Duration.Input | undefined
}

/** What became of one request. */
export interface RateLimitDecision {
  readonly isAllowed: boolean
  readonly limit: number
  /** How many more the window lets through. */
  readonly remaining: number
  /** Milliseconds until the window ends and all are let through again. */
  readonly resetMs: number
}

/** The window, unless said otherwise. */
export const rateLimitWindowMs = rateLimitEntry.lifetimeSeconds * 1_000

/**
 * Counts requests, so that nobody takes more than their share. Adapters are checked by `rateLimiterContract`.
 */
export class RateLimiter extends Context.Service<
  RateLimiter,
  {
    /**
     * Counts a request if the window has room for it: of any number at once, exactly as many are allowed as fit. A
     * request that is refused is not counted. Never fails: where the counts cannot be reached, this process counts alone.
     */
    readonly take: (limit: RateLimit) => Effect.Effect<RateLimitDecision>
  }
>()("@timegrid/core/rateLimit/RateLimiter") {}
