import { Context, type Effect } from "effect"
import type { Endpoint } from "../contract/endpoint.ts"

/** A request that was answered. */
export interface ServedRequest {
  readonly endpoint: Endpoint
  readonly status: number
  readonly durationMs: number
  readonly userId: string | null
  readonly address: string
  readonly userAgent: string | null
  readonly requestId: string
  /** What failed, where the answer is a 500. */
  readonly defect?: unknown
}

/** Is told of every request, for metrics and logs. */
export class RequestObserver extends Context.Service<
  RequestObserver,
  { readonly served: (request: ServedRequest) => Effect.Effect<void> }
>()("@timegrid/server/http/RequestObserver") {}
