import { Context, type Effect } from "effect"
import type { RateClass } from "../contract/endpoint.ts"

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
    /** Counts one request of a user, or of an address when nobody is signed in. */
    readonly take: (request: {
      readonly userId: string | null
      readonly address: string
      readonly rate: RateClass
    }) => Effect.Effect<LimitState>
  }
>()("@timegrid/server/http/RequestLimits") {}
