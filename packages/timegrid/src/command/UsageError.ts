import { Data } from "effect"

/** A command line that makes no sense; `message` is one sentence for its author. */
export class UsageError extends Data.TaggedError("UsageError")<{ readonly message: string }> {}
