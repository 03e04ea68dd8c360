import { Data } from "effect"

/** Why the server could not be run: a stable code and one sentence. */
export class ServerError extends Data.TaggedError("ServerError")<{
  readonly code: string
  readonly message: string
}> {}
