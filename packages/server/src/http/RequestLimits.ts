import { RateLimiter } from "@timegrid/core/rate-limit"
import { Context, Effect, Layer } from "effect"
import type { RateClass } from "../contract/endpoint.ts"
import { ServerSettings } from "../settings/ServerSettings.ts"

/** How a request stands to its limit. */
export interface LimitState {
  readonly isAllowed: boolean
  readonly limit: number
  readonly remaining: number
  readonly resetSeconds: number
}

/** Counts requests against the limits of their class. */
export class RequestLimits extends Context.Service<
  RequestLimits,
  {
    /** Counts one request of a user, or of an address where nobody is signed in. */
    readonly take: (request: {
      readonly userId: string | null
      readonly address: string
      readonly rate: RateClass
    }) => Effect.Effect<LimitState>
  }
>()("@timegrid/server/http/RequestLimits") {
  static readonly layer: Layer.Layer<RequestLimits, never, RateLimiter | ServerSettings> = Layer.effect(
    RequestLimits,
    Effect.gen(function* () {
      const limiter = yield* RateLimiter
      const { limits } = yield* ServerSettings
      return {
        take: ({ address, rate, userId }) => {
          const isUpload = rate === "upload"
          const limit = userId === null ? limits.anonymous : isUpload ? limits.uploads : limits.requests
          const endpoint = isUpload ? "/api/v1/documents/upload" : "/api/v1"
          return Effect.map(
            limiter.take({ userId: userId ?? address, endpoint, limit }),
            ({ isAllowed, limit, remaining, resetMs }) => ({
              isAllowed,
              limit,
              remaining,
              resetSeconds: resetMs / 1_000
            })
          )
        }
      }
    })
  )
}
