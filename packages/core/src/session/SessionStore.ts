import { Context, type Duration, type Effect, type Option } from "effect"
import { type Session, sessionEntry } from "../domain/redis/Session.ts"
import type { SessionError } from "./SessionError.ts"

/** Which session: a user's on one device. */
export interface SessionKey {
  readonly userId: string
  /** Of the secret that the device has; the secret itself is nowhere kept. */
  readonly secretHash: string
}

/** What a session begins with. */
export interface NewSession extends SessionKey, Pick<Session, "email" | "role"> {
  /** What the device says of itself. */
  readonly userAgent?: string | null | undefined
  /** It ends when it was not used for so long. Default 7 days. */
  readonly lifetime?: Duration.Input | undefined
}

/** A session that has not ended. What its user may do is not said: that is asked of the users, each time. */
export interface DeviceSession extends SessionKey {
  readonly userAgent: string | null
  /** ISO 8601 in UTC; behind by up to {@link sessionTouchMs}. */
  readonly lastAccess: string
  readonly expiresAt: string
}

/** How long a session lasts without use, unless said otherwise. */
export const sessionLifetimeMs = sessionEntry.lifetimeSeconds * 1_000

/** That a session is used is written down at most once in so many milliseconds. */
export const sessionTouchMs = 60_000

/**
 * Keeps who is logged in where. A store may lose its sessions; users then log in again, so a store that fails counts as
 * one that has forgotten. Adapters are checked by `sessionStoreContract`.
 */
export class SessionStore extends Context.Service<
  SessionStore,
  {
    /** Begins a session, in place of one with the same key. The user's other sessions go on. */
    readonly create: (session: NewSession) => Effect.Effect<DeviceSession, SessionError>
    /** The session, which from now on lasts its whole lifetime again; none when it has ended or never was. */
    readonly use: (key: SessionKey) => Effect.Effect<Option.Option<DeviceSession>, SessionError>
    /** A user's sessions, the last used first. */
    readonly list: (userId: string) => Effect.Effect<ReadonlyArray<DeviceSession>, SessionError>
    /** Ends one session, if it is there. */
    readonly remove: (key: SessionKey) => Effect.Effect<void, SessionError>
    /** Ends all sessions of a user, as after a change of role or password; but for one, where `except` says so. */
    readonly removeAll: (
      userId: string,
      options?: { readonly except?: string | undefined }
    ) => Effect.Effect<void, SessionError>
    /** Forgets sessions that have ended; the result is how many rows were freed. A store that forgets by itself: 0. */
    readonly removeExpired: Effect.Effect<number, SessionError>
  }
>()("@timegrid/core/session/SessionStore") {}
