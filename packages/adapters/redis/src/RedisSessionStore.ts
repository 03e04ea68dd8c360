/** Sessions in Redis. Used as a namespace: `RedisSessionStore.layer`. */
import { sessionEntry } from "@timegrid/core"
import {
  type DeviceSession,
  SessionError,
  SessionInvalid,
  type SessionKey,
  SessionStore,
  SessionsUnavailable,
  sessionLifetimeMs,
  sessionTouchMs,
  userAgentText
} from "@timegrid/core/session"
import { Clock, Duration, Effect, Layer, Option } from "effect"
import * as z from "zod"
import { RedisClient } from "./RedisClient.ts"
import type { Script } from "./script.ts"
import { createScript, deviceField, removeOthersScript, removeScript, useScript } from "./sessionScripts.ts"

/** A device's field in the hash of its user. */
const Device = z.object({ userAgent: z.string().nullable(), lastAccessMs: z.number(), lifetimeMs: z.number() })
type Device = z.output<typeof Device>

/** Provides `SessionStore`: a hash a user, with a field a device. */
export const layer: Layer.Layer<SessionStore, never, RedisClient> = Layer.effect(
  SessionStore,
  Effect.gen(function* () {
    const { keys, run, script } = yield* RedisClient
    const keyOf = (userId: string) => keys.of(sessionEntry, { userId })

    const change = (userId: string, which: Script, values: ReadonlyArray<string | number>) =>
      Effect.mapError(script(which, [keyOf(userId)], values), unavailable(userId))

    return {
      create: Effect.fnUntraced(function* ({ email, role, secretHash, userId, ...given }) {
        const lastAccessMs = yield* Clock.currentTimeMillis
        const lifetimeMs = Duration.toMillis(Duration.fromInputUnsafe(given.lifetime ?? sessionLifetimeMs))
        const device = { userAgent: userAgentText(given.userAgent), lastAccessMs, lifetimeMs }
        const session = sessionOf({ userId, secretHash }, device)
        const fields = {
          userId,
          email,
          role,
          lastAccess: session.lastAccess,
          [fieldOf(secretHash)]: JSON.stringify(device)
        }
        yield* change(userId, createScript, [lastAccessMs, ...Object.entries(fields).flat()])
        return session
      }),
      use: Effect.fnUntraced(function* ({ secretHash, userId }) {
        const nowMs = yield* Clock.currentTimeMillis
        const values = [nowMs, new Date(nowMs).toISOString(), fieldOf(secretHash), sessionTouchMs]
        const found = yield* change(userId, useScript, values)
        if (found === null) return Option.none()
        return Option.some(sessionOf({ userId, secretHash }, yield* decoded(userId, found)))
      }),
      list: Effect.fnUntraced(function* (userId) {
        const nowMs = yield* Clock.currentTimeMillis
        const hash = yield* Effect.mapError(
          run((client) => client.hgetall(keyOf(userId))),
          unavailable(userId)
        )
        const fields = Object.entries(hash).filter(([field]) => field.startsWith(deviceField))
        const sessions = yield* Effect.forEach(fields, ([field, value]) =>
          Effect.map(decoded(userId, value), (device) => ({
            device,
            session: sessionOf({ userId, secretHash: field.slice(deviceField.length) }, device)
          }))
        )
        return sessions
          .filter(({ device }) => device.lastAccessMs + device.lifetimeMs > nowMs)
          .toSorted((one, other) => other.device.lastAccessMs - one.device.lastAccessMs)
          .map(({ session }) => session)
      }),
      remove: Effect.fnUntraced(function* ({ secretHash, userId }) {
        yield* change(userId, removeScript, [yield* Clock.currentTimeMillis, fieldOf(secretHash)])
      }),
      removeAll: Effect.fnUntraced(function* (userId, { except } = {}) {
        const kept = except === undefined ? "" : fieldOf(except)
        yield* change(userId, removeOthersScript, [yield* Clock.currentTimeMillis, kept])
      }),
      removeExpired: Effect.succeed(0)
    }
  })
)

const fieldOf = (secretHash: string) => deviceField + secretHash

const sessionOf = (key: SessionKey, { lastAccessMs, lifetimeMs, userAgent }: Device): DeviceSession => ({
  ...key,
  userAgent,
  lastAccess: new Date(lastAccessMs).toISOString(),
  expiresAt: new Date(lastAccessMs + lifetimeMs).toISOString()
})

const decoded = (userId: string, value: unknown) =>
  Effect.try({
    try: () => Device.parse(JSON.parse(String(value))),
    catch: (cause) => new SessionError({ userId, reason: new SessionInvalid({ cause }) })
  })

const unavailable = (userId: string) => (cause: unknown) =>
  new SessionError({ userId, reason: new SessionsUnavailable({ cause }) })
