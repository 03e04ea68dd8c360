import { Effect, Option } from "effect"
import { Uuid } from "../domain/values.ts"
import { hashText } from "../pipeline/sha256.ts"
import type { SessionKey } from "./SessionStore.ts"

// Core compiles without the types of a platform; every platform that it runs on has it.
declare const crypto: { readonly getRandomValues: (bytes: Uint8Array) => Uint8Array }

/** 256 bits, of which nobody guesses one. */
const secretBytes = 32
const tokenPattern = /^([0-9a-f-]{36})\.([0-9a-f]{64})$/

/** A session's token, which only its device has, and the key that the store knows it by. */
export interface SessionToken extends SessionKey {
  /** For a cookie: opaque to whoever holds it. */
  readonly token: string
}

/** A new token for a device of a user. */
export const makeSessionToken = (userId: string): Effect.Effect<SessionToken> =>
  Effect.sync(() => {
    const bytes = crypto.getRandomValues(new Uint8Array(secretBytes))
    const secret = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
    return { userId, secretHash: hashOf(secret), token: `${userId}.${secret}` }
  })

/** The session that a token speaks of; none where the text is no token. */
export const readSessionToken = (token: string): Option.Option<SessionKey> => {
  const [, userId, secret] = tokenPattern.exec(token) ?? []
  if (secret === undefined || !Uuid.safeParse(userId).success) return Option.none()
  return Option.some({ userId: userId!, secretHash: hashOf(secret) })
}

const hashOf = (secret: string) => `sha256:${hashText(secret)}`
