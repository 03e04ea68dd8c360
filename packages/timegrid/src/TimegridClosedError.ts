import { Data } from "effect"

/** A call on an instance that was closed before or during the call. */
export class TimegridClosedError extends Data.TaggedError("TimegridClosedError")<{ readonly message: string }> {
  readonly code = "closed"
}
