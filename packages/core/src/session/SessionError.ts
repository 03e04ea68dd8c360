import { Data } from "effect"

/** The sessions could not be reached, or did not answer in time. */
export class SessionsUnavailable extends Data.TaggedError("SessionsUnavailable")<{ readonly cause: unknown }> {
  readonly code = "unavailable"
  readonly isRetryable = true
}

/** What the store holds under the key of a session, or was given for one, is none. */
export class SessionInvalid extends Data.TaggedError("SessionInvalid")<{ readonly cause: unknown }> {
  readonly code = "validation_failed"
  readonly isRetryable = false
}

/** Every failure of `SessionStore`. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. */
export class SessionError extends Data.TaggedError("SessionError")<{
  readonly userId: string
  readonly reason: SessionsUnavailable | SessionInvalid
}> {
  override readonly cause = this.reason
  override readonly message = `sessions of ${this.userId}: ${this.reason._tag}`
  get code() {
    return this.reason.code
  }
  get isRetryable() {
    return this.reason.isRetryable
  }
}
