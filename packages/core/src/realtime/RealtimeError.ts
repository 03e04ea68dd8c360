import { Data } from "effect"

/** The store could not be reached, or did not answer in time. */
export class RealtimeUnavailable extends Data.TaggedError("RealtimeUnavailable")<{ readonly cause: unknown }> {
  readonly code = "unavailable"
  readonly isRetryable = true
}

/** What was given, or what the store holds, does not fit its schema. */
export class RealtimeInvalid extends Data.TaggedError("RealtimeInvalid")<{ readonly cause: unknown }> {
  readonly code = "validation_failed"
  readonly isRetryable = false
}

/**
 * Every failure of `ProgressStore`, `SubscriptionStore` and `EventBus`. Nothing but a live view hangs on them. Branch on
 * `reason` (`Effect.catchReason`) or `code`, never on `message`.
 */
export class RealtimeError extends Data.TaggedError("RealtimeError")<{
  /** What it is about, such as `progress of <job>`. */
  readonly subject: string
  readonly reason: RealtimeUnavailable | RealtimeInvalid
}> {
  override readonly cause = this.reason
  override readonly message = `${this.subject}: ${this.reason._tag}`
  get code() {
    return this.reason.code
  }
  get isRetryable() {
    return this.reason.isRetryable
  }
}
