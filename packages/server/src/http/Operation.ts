import { Effect } from "effect"
import type { Principal } from "../authorization/Principal.ts"
import type { AnswerBody, Endpoint, ParsedRequest } from "../contract/endpoint.ts"
import { type Failure, problemOf } from "./failures.ts"
import type { Problem } from "./Problem.ts"

/** A request after it was authenticated, counted and parsed. */
export interface ApiRequest<E extends Endpoint> extends ParsedRequest<E> {
  readonly principal: E["access"] extends "anonymous" ? Principal | null : Principal
  readonly requestId: string
  /** The client's, or that which a trusted proxy has given. */
  readonly address: string
  readonly userAgent: string | null
  /** As it came, for what is not JSON; ends when the client goes away. */
  readonly raw: Request
}

/** What a handler answers with: the body of its endpoint, or a whole response where that streams. */
export type ApiAnswer<E extends Endpoint> =
  | {
      readonly body: AnswerBody<E>
      readonly headers?: Readonly<Record<string, string>>
      /** Where it is not the endpoint's. */
      readonly status?: number
    }
  | Response

/** An endpoint with what serves it. */
export interface Operation<R = unknown> {
  readonly endpoint: Endpoint
  readonly handle: (request: ApiRequest<Endpoint>) => Effect.Effect<ApiAnswer<Endpoint>, Problem, R>
}

/** Puts a handler to an endpoint; what the stores fail with becomes a problem. */
export const operation = <E extends Endpoint, R>(
  endpoint: E,
  handle: (request: ApiRequest<E>) => Effect.Effect<ApiAnswer<E>, Failure, R>
): Operation<R> => ({
  endpoint,
  handle: (request) =>
    // It was parsed by this endpoint's schemas, and the answer is of this endpoint.
    Effect.mapError(
      handle(request as unknown as ApiRequest<E>) as Effect.Effect<ApiAnswer<Endpoint>, Failure, R>,
      problemOf
    )
})
