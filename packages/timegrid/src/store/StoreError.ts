import { Data } from "effect"

/** What Timegrid keeps could not be opened. */
export class StoreError extends Data.TaggedError("StoreError")<{ readonly message: string; readonly cause?: unknown }> {
  readonly code = "store_unavailable"
}
