import { Data } from "effect"

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

/** Every failure of `OcrProvider`. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. */
export class OcrError extends Data.TaggedError("OcrError")<{
  readonly engine: string
  readonly pageNumber?: number
  readonly reason: EngineUnavailable | UnreadableImage | CapabilityMissing | EngineNotInstalled
}> {
  override readonly cause = this.reason
  override readonly message = [this.engine, this.reason._tag, this.reason.message]
    .filter((part) => part !== "")
    .join(": ")
  get code() {
    return this.reason.code
  }
  get isRetryable() {
    return this.reason.isRetryable
  }
}
