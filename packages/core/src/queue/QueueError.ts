import { Data } from "effect"

/** The queue's server could not be reached, or did not answer in time. */
export class QueueUnavailable extends Data.TaggedError("QueueUnavailable")<{ readonly cause: unknown }> {
  readonly code = "unavailable"
  readonly isRetryable = true
}

/** The queue's server is set up in a way that loses messages; someone has to change it. */
export class QueueMisconfigured extends Data.TaggedError("QueueMisconfigured")<{
  /** One sentence that says what to change. */
  readonly advice: string
}> {
  readonly code = "refused"
  readonly isRetryable = false
  override get message() {
    return this.advice
  }
}

/** Every failure of `WakeUps`. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. */
export class QueueError extends Data.TaggedError("QueueError")<{
  readonly reason: QueueUnavailable | QueueMisconfigured
}> {
  override readonly cause = this.reason
  override readonly message = this.reason.message === "" ? this.reason._tag : this.reason.message
  get code() {
    return this.reason.code
  }
  get isRetryable() {
    return this.reason.isRetryable
  }
}
