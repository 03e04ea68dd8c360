import { Context, Duration, type Effect } from "effect"
import { text } from "../domain/text.ts"
import type { RepositoryError } from "./RepositoryError.ts"

/** What failures are counted for. */
export const ThrottleKey = text(255).min(1)

/** How failed logins slow down the next ones. */
export interface ThrottlePolicy {
  /** This many failures have no consequence. Default 5. */
  readonly freeFailures?: number
  /** What the failure after them costs; each one more costs twice as much. Default 1 second. */
  readonly firstLock?: Duration.Input
  /** No failure costs more. Default 15 minutes. */
  readonly longestLock?: Duration.Input
  /** Failures count no more when the first of them is older than this. Default 1 day. */
  readonly memory?: Duration.Input
}

/** The policy with its defaults, in milliseconds. */
export const throttlePolicyOf = ({ firstLock, freeFailures, longestLock, memory }: ThrottlePolicy = {}) => ({
  freeFailures: freeFailures ?? 5,
  firstLockMs: Duration.toMillis(firstLock ?? "1 second"),
  longestLockMs: Duration.toMillis(longestLock ?? "15 minutes"),
  memoryMs: Duration.toMillis(memory ?? "1 day")
})

/** How a key stands. */
export interface Throttled {
  readonly failures: number
  /** Milliseconds until the next attempt is let through; 0 where nothing stands against it. */
  readonly lockedMs: number
}

/**
 * Counts failed logins of a key, such as an address or a network, so that guessing takes longer each time. Adapters are
 * checked by `loginThrottleContract`.
 */
export class LoginThrottle extends Context.Service<
  LoginThrottle,
  {
    /** How the key stands, by the store's clock. A key that never failed has no failures. */
    readonly check: (key: string) => Effect.Effect<Throttled, RepositoryError>
    /** Counts a failure; none is lost where several come at once. */
    readonly recordFailure: (key: string, policy?: ThrottlePolicy) => Effect.Effect<Throttled, RepositoryError>
    /** Forgets the failures of a key, after a login that went well. */
    readonly clear: (key: string) => Effect.Effect<void, RepositoryError>
    /** Forgets keys that are not locked and whose first failure is older than `age`; the result is how many. */
    readonly removeOlder: (age: Duration.Input) => Effect.Effect<number, RepositoryError>
  }
>()("@timegrid/core/repository/LoginThrottle") {}
