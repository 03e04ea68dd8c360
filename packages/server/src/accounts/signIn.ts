/** Signing in and out: passwords against throttled guessing, and the session's cookie. */
import type { User } from "@timegrid/core"
import { LoginThrottle, type Stored, Users } from "@timegrid/core/repository"
import { makeSessionToken, SessionStore, sessionLifetimeMs } from "@timegrid/core/session"
import { Effect, Option } from "effect"
import { sessionCookie } from "../authentication/Authentication.ts"
import { verifyPassword } from "../authentication/passwords.ts"
import { Problem } from "../http/Problem.ts"
import { ServerSettings } from "../settings/ServerSettings.ts"

/** What somebody signs in with, and from where. */
export interface SignIn {
  readonly email: string
  readonly password: string
  readonly address: string
}

/**
 * The user with this address and password. Fails with `unauthenticated` for both alike, and with `too_many_requests`
 * while too many have failed for the address of the user or of the network.
 */
export const checkPassword = Effect.fn("checkPassword")(function* ({ address, email, password }: SignIn) {
  const throttle = yield* LoginThrottle
  const keys = [`email:${email.toLowerCase()}`.slice(0, 255), `address:${address}`]
  const locks = yield* Effect.forEach(keys, throttle.check)
  const lockedMs = Math.max(...locks.map((lock) => lock.lockedMs))
  if (lockedMs > 0) {
    return yield* new Problem({
      code: "too_many_requests",
      detail: "Too many attempts have failed; wait before the next.",
      retryAfterSeconds: lockedMs / 1_000
    })
  }
  const found = yield* Users.use((users) => users.findCredentials(email))
  const hash = Option.getOrNull(Option.map(found, ({ passwordHash }) => passwordHash))
  const isRight = yield* verifyPassword(password, hash)
  if (Option.isNone(found) || !isRight) {
    yield* Effect.forEach(keys, (key) => throttle.recordFailure(key))
    return yield* new Problem({ code: "unauthenticated", detail: "The address or the password is wrong." })
  }
  yield* throttle.clear(keys[0]!)
  return found.value.user
})

/** A session for the device that signs in; the result is the header that sets its cookie. */
export const beginSession = Effect.fn("beginSession")(function* (user: Stored<User>, userAgent: string | null) {
  const { secretHash, token, userId } = yield* makeSessionToken(user.id)
  yield* SessionStore.use((sessions) =>
    sessions.create({ userId, secretHash, email: user.email, role: user.role, userAgent })
  )
  return yield* cookieHeader(token, sessionLifetimeMs / 1_000)
})

/** The header that takes the cookie away. */
export const forgottenCookie = Effect.suspend(() => cookieHeader("", 0))

const cookieHeader = (token: string, seconds: number) =>
  Effect.map(ServerSettings, ({ secureCookies }) => ({
    "set-cookie": [
      `${sessionCookie}=${token}`,
      "Path=/",
      "HttpOnly",
      "SameSite=Lax",
      `Max-Age=${seconds}`,
      ...(secureCookies ? ["Secure"] : [])
    ].join("; ")
  }))
