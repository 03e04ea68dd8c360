import { Context } from "effect"

/** Who does something, as far as it is known; see {@link CurrentActor}. */
export interface Actor {
  readonly userId: string | null
  /** IPv4 or IPv6. */
  readonly ipAddress: string | null
  readonly userAgent: string | null
}

/** What workers and maintenance act as: no person, from nowhere. */
export const system: Actor = { userId: null, ipAddress: null, userAgent: null }

/**
 * Whom the audit log names for all that an effect does. A server provides it with each request; default {@link system}.
 *
 * @example
 * Effect.provideService(work, CurrentActor, { userId, ipAddress, userAgent })
 */
export const CurrentActor: Context.Reference<Actor> = Context.Reference("@timegrid/core/audit/CurrentActor", {
  defaultValue: () => system
})
