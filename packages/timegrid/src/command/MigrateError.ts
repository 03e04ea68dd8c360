import { Data } from "effect"

/** Why `timegrid migrate` could not do its work: a stable code and one sentence. */
export class MigrateError extends Data.TaggedError("MigrateError")<{
  readonly code: string
  readonly message: string
}> {}
