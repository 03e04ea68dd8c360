/** Sessions in memory. Used as a namespace: `MemorySessionStore.layer`. */
import { Clock, Duration, Effect, Layer, Option } from "effect"
import { type DeviceSession, type SessionKey, SessionStore, sessionLifetimeMs, sessionTouchMs } from "./SessionStore.ts"
import { userAgentText } from "./userAgentText.ts"

interface Kept extends SessionKey {
  readonly userAgent: string | null
  readonly lifetimeMs: number
  readonly lastAccessMs: number
}

/** Sessions of its own that live as long as it is referred to. */
export const make = (): SessionStore["Service"] => {
  const users = new Map<string, Map<string, Kept>>()

  const live = (userId: string, nowMs: number): ReadonlyArray<Kept> =>
    [...(users.get(userId)?.values() ?? [])].filter((kept) => !isOver(kept, nowMs))

  const drop = ({ secretHash, userId }: SessionKey): void => {
    const sessions = users.get(userId)
    sessions?.delete(secretHash)
    if (sessions?.size === 0) users.delete(userId)
  }
  const keep = (kept: Kept): void => {
    const sessions = users.get(kept.userId) ?? new Map<string, Kept>()
    users.set(kept.userId, sessions.set(kept.secretHash, kept))
  }

  return {
    create: ({ lifetime = sessionLifetimeMs, secretHash, userAgent, userId }) =>
      Effect.map(Clock.currentTimeMillis, (lastAccessMs) => {
        const kept = {
          userId,
          secretHash,
          userAgent: userAgentText(userAgent),
          lifetimeMs: Duration.toMillis(lifetime),
          lastAccessMs
        }
        keep(kept)
        return sessionOf(kept)
      }),
    use: ({ secretHash, userId }) =>
      Effect.map(Clock.currentTimeMillis, (nowMs) => {
        const kept = users.get(userId)?.get(secretHash)
        if (kept === undefined || isOver(kept, nowMs)) return Option.none()
        if (nowMs - kept.lastAccessMs < sessionTouchMs) return Option.some(sessionOf(kept))
        const used = { ...kept, lastAccessMs: nowMs }
        keep(used)
        return Option.some(sessionOf(used))
      }),
    list: (userId) =>
      Effect.map(Clock.currentTimeMillis, (nowMs) =>
        live(userId, nowMs)
          .toSorted((one, other) => other.lastAccessMs - one.lastAccessMs)
          .map(sessionOf)
      ),
    remove: (key) => Effect.sync(() => drop(key)),
    removeAll: (userId, { except } = {}) =>
      Effect.sync(() => {
        for (const secretHash of [...(users.get(userId)?.keys() ?? [])])
          if (secretHash !== except) drop({ userId, secretHash })
      }),
    removeExpired: Effect.map(Clock.currentTimeMillis, (nowMs) => {
      const over = [...users.values()]
        .flatMap((sessions) => [...sessions.values()])
        .filter((kept) => isOver(kept, nowMs))
      over.forEach(drop)
      return over.length
    })
  }
}

const isOver = ({ lastAccessMs, lifetimeMs }: Kept, nowMs: number) => lastAccessMs + lifetimeMs <= nowMs

const sessionOf = ({ lastAccessMs, lifetimeMs, secretHash, userAgent, userId }: Kept): DeviceSession => ({
  userId,
  secretHash,
  userAgent,
  lastAccess: new Date(lastAccessMs).toISOString(),
  expiresAt: new Date(lastAccessMs + lifetimeMs).toISOString()
})

/** Provides `SessionStore`; what it holds is gone with the process. */
export const layer: Layer.Layer<SessionStore> = Layer.sync(SessionStore, make)
