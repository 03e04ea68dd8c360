/** Tells who a request comes from: by the cookie of a session, or by an API key in `Authorization: Bearer`. */
import { ApiKeys, type RepositoryError, Users } from "@timegrid/core/repository"
import { readSessionToken, SessionStore } from "@timegrid/core/session"
import { Context, Effect, Layer, Option } from "effect"
import type { Principal } from "../authorization/Principal.ts"
import { isPermission } from "../authorization/permissions.ts"
import { problemOf } from "../http/failures.ts"
import { Problem } from "../http/Problem.ts"
import { hashSecret } from "./secrets.ts"

/** What a request brings to say who sends it. */
export interface Credentials {
  /** The token of the session's cookie. */
  readonly cookie: string | undefined
  /** The header `Authorization`. */
  readonly authorization: string | undefined
}

/** The name of the session's cookie. */
export const sessionCookie = "timegrid_session"

/** Tells who a request comes from. */
export class Authentication extends Context.Service<
  Authentication,
  {
    /**
     * Null for a request without credentials, or with the cookie of a session that has ended: such a one may sign in.
     * Fails with `unauthenticated` for an API key that is not (or no longer) good.
     */
    readonly authenticate: (credentials: Credentials) => Effect.Effect<Principal | null, Problem>
  }
>()("@timegrid/server/authentication/Authentication") {
  static readonly layer: Layer.Layer<Authentication, never, ApiKeys | SessionStore | Users> = Layer.effect(
    Authentication,
    Effect.gen(function* () {
      const apiKeys = yield* ApiKeys
      const sessions = yield* SessionStore
      const users = yield* Users

      /** With the role that they have now. */
      const principalOf = (
        userId: string,
        more: Pick<Principal, "scopes" | "session">
      ): Effect.Effect<Principal | null, RepositoryError> =>
        Effect.map(
          users.find(userId),
          Option.match({ onNone: () => null, onSome: ({ role }) => ({ userId, role, ...more }) })
        )

      const bySession = Effect.fnUntraced(function* (token: string) {
        const key = readSessionToken(token)
        if (Option.isNone(key)) return null
        const { userId } = key.value
        // A store that fails counts as one that has forgotten; where the user cannot be asked after either, nobody knows.
        const session = yield* Effect.catch(sessions.use(key.value), () => Effect.as(users.find(userId), Option.none()))
        return Option.isNone(session) ? null : yield* principalOf(userId, { scopes: null, session: key.value })
      })

      const byApiKey = Effect.fnUntraced(function* (secret: string) {
        const key = yield* apiKeys.use(hashSecret(secret))
        const principal = Option.isNone(key)
          ? null
          : yield* principalOf(key.value.userId, { scopes: key.value.scopes.filter(isPermission), session: null })
        return principal ?? (yield* new Problem({ code: "unauthenticated", detail: "This API key is not good." }))
      })

      return {
        authenticate: ({ authorization, cookie }) =>
          Effect.gen(function* () {
            if (authorization !== undefined) {
              const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
              if (secret !== undefined) return yield* byApiKey(secret)
              return yield* new Problem({
                code: "unauthenticated",
                detail: "Send Authorization: Bearer and an API key."
              })
            }
            return cookie === undefined ? null : yield* bySession(cookie)
          }).pipe(Effect.mapError(problemOf))
      }
    })
  )
}
