import { Data } from "effect"
import type { ServiceFailure } from "../provider/serviceFailures.ts"

/** The engine could not start or be reached. */
export class EngineUnavailable extends Data.TaggedError("EngineUnavailable")<{ readonly cause: unknown }> {
  readonly code = "unavailable"
  readonly isRetryable = true
}

/** This engine will never read these bytes. */
export class UnreadableImage extends Data.TaggedError("UnreadableImage")<{ readonly cause: unknown }> {
  readonly code = "refused"
  readonly isRetryable = false
}

/** The engine was asked for what it declares it cannot do. */
export class CapabilityMissing extends Data.TaggedError("CapabilityMissing")<{ readonly capability: string }> {
  readonly code = "refused"
  readonly isRetryable = false
}

/** The engine is a package that is not there; `message` says how to get it. */
export class EngineNotInstalled extends Data.TaggedError("EngineNotInstalled")<{ readonly packageName: string }> {
  override readonly message = `npm install ${this.packageName}`
  readonly code = "refused"
  readonly isRetryable = false
}

/** What the engine sent is whole, but not of the form that it documents, or says what cannot be. */
export class ResponseMalformed extends Data.TaggedError("ResponseMalformed")<{ readonly cause: unknown }> {
  readonly code = "schema_mismatch"
  readonly isRetryable = false
}

/** What the engine sends has more bytes than are read; the rest was not. */
export class ResponseTooLarge extends Data.TaggedError("ResponseTooLarge")<{ readonly limitBytes: number }> {
  override readonly message = `more than ${this.limitBytes} bytes`
  readonly code = "refused"
  readonly isRetryable = false
}

/** Why an engine did not read an image. */
export type OcrErrorReason =
  | EngineUnavailable
  | UnreadableImage
  | CapabilityMissing
  | EngineNotInstalled
  | ServiceFailure
  | ResponseMalformed
  | ResponseTooLarge

/** Every failure of `OcrProvider`. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. */
export class OcrError extends Data.TaggedError("OcrError")<{
  readonly engine: string
  readonly pageNumber?: number
  readonly reason: OcrErrorReason
}> {
  override readonly cause = this.reason
  override readonly message = [this.engine, this.reason._tag, describe(this.reason)]
    .filter((part) => part !== "")
    .join(": ")
  get code() {
    return this.reason.code
  }
  get isRetryable() {
    return this.reason.isRetryable
  }
}

const describe = ({ cause, message }: OcrErrorReason): string => {
  if (message !== "") return message
  return cause instanceof Error ? cause.message : typeof cause === "string" ? cause : ""
}
