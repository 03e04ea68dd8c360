import { Data } from "effect"

/** A result that could not be stored or printed. */
export class WriteError extends Data.TaggedError("WriteError")<{ readonly message: string; readonly cause: unknown }> {
  readonly code = "not_written"
}

/** The system's code of a failure, such as `EACCES`, or `unknown`. */
export const systemCode = (cause: unknown): string =>
  cause instanceof Error && "code" in cause ? String(cause.code) : "unknown"
