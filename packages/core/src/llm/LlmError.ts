import { Data } from "effect"
import type { CapabilityMissing } from "../ocr/OcrError.ts"
import type { ServiceFailure } from "../provider/serviceFailures.ts"
import type { LlmSpent } from "./LlmSpent.ts"

/** The model or its safety filter declined to answer. */
export class AnswerRefused extends Data.TaggedError("AnswerRefused")<{
  /** What it said instead, cut to a few hundred characters; `""` where it said nothing. */
  readonly answer: string
}> {
  readonly code = "refused"
  readonly isRetryable = false
}

/** The answer met the limit on output tokens before it was complete. */
export class AnswerTruncated extends Data.TaggedError("AnswerTruncated")<{
  readonly maxOutputTokens: number
}> {
  readonly code = "truncated"
  readonly isRetryable = false
}

/** The answer grew past what any timetable needs and was broken off. */
export class AnswerTooLong extends Data.TaggedError("AnswerTooLong")<{
  readonly limit: number
  readonly unit: "characters" | "bytes"
}> {
  readonly code = "truncated"
  readonly isRetryable = false
}

/** The answer is no JSON, such as prose; a repair may help. */
export class AnswerMalformed extends Data.TaggedError("AnswerMalformed")<{
  readonly answer: string
  /** What the parser says of it. */
  readonly complaint: string
}> {
  readonly code = "schema_mismatch"
  readonly isRetryable = false
}

/** The answer is JSON that does not fit the schema of the request; a repair may help. */
export class AnswerMismatch extends Data.TaggedError("AnswerMismatch")<{
  readonly answer: string
  /** What the validator says of it, one line an issue. */
  readonly complaint: string
}> {
  readonly code = "schema_mismatch"
  readonly isRetryable = false
}

/** Why a call to a language model failed. */
export type LlmErrorReason =
  | ServiceFailure
  | CapabilityMissing
  | AnswerRefused
  | AnswerTruncated
  | AnswerTooLong
  | AnswerMalformed
  | AnswerMismatch

/**
 * Every failure of `LlmProvider`. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. A failed call
 * may have to be paid for all the same: see `spent`.
 */
export class LlmError extends Data.TaggedError("LlmError")<{
  /** The provider and model, as in `LlmProvider`. */
  readonly engine: string
  readonly reason: LlmErrorReason
  /** What the call has used up, as far as anybody said; null where it was turned away unanswered, which costs nothing. */
  readonly spent: LlmSpent | null
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

const describe = (reason: LlmErrorReason): string => {
  switch (reason._tag) {
    case "AnswerMalformed":
    case "AnswerMismatch":
      return reason.complaint
    case "AnswerRefused":
      return reason.answer
    case "AnswerTruncated":
      return `more than ${reason.maxOutputTokens} tokens`
    case "AnswerTooLong":
      return `more than ${reason.limit} ${reason.unit}`
    case "CapabilityMissing":
      return reason.capability
    default:
      return reason.cause instanceof Error ? reason.cause.message : ""
  }
}
