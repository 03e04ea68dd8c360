import { Cause } from "effect"

/** Why a file could not be read: a stable code and one sentence for people. */
export interface Failure {
  readonly code: string
  readonly message: string
}

/** What is known of a failure; `internal_error` where it is none of ours. */
export const failureOf = (cause: Cause.Cause<unknown>): Failure => {
  const failure = Cause.squash(cause)
  const isOurs = failure instanceof Error && "code" in failure && "_tag" in failure
  const message = failure instanceof Error ? failure.message : String(failure)
  return { code: isOurs ? String(failure.code) : "internal_error", message: message.split("\n", 1)[0] ?? "" }
}

/** The line on standard error for a file that could not be read. */
export const failureLine = (file: string, { code, message }: Failure): string => `${file}: ${code}: ${message}\n`
