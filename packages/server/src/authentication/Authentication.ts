import { Context, type Effect } from "effect"
import type { Principal } from "../authorization/Principal.ts"
import type { Problem } from "../http/Problem.ts"

/** What a request brings to say who sends it. */
export interface Credentials {
  /** The secret of the session's cookie. */
  readonly cookie: string | undefined
  /** The header `Authorization`. */
  readonly authorization: string | undefined
}

/** Tells who a request comes from. */
export class Authentication extends Context.Service<
  Authentication,
  {
    /** Null for a request without credentials; fails with `unauthenticated` for ones that are not (or no longer) good. */
    readonly authenticate: (credentials: Credentials) => Effect.Effect<Principal | null, Problem>
  }
>()("@timegrid/server/authentication/Authentication") {}

/** The name of the session's cookie. */
export const sessionCookie = "timegrid_session"
