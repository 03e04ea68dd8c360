import { AuthenticationFailed } from "@timegrid/core"
import { Effect, Redacted } from "effect"

/** A key or token, or a function that is asked for the one of the moment before each call. */
export type Secret = Redacted.Redacted<string> | (() => PromiseLike<string>)

/** The secret as it is sent; fails with `AuthenticationFailed` where the function does. */
export const reveal = (secret: Secret): Effect.Effect<string, AuthenticationFailed> =>
  typeof secret === "function"
    ? Effect.tryPromise({ try: secret, catch: (cause) => new AuthenticationFailed({ cause }) })
    : Effect.succeed(Redacted.value(secret))
