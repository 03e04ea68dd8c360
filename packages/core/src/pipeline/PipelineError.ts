import { Data } from "effect"
import type { AmountUnit } from "./Amount.ts"
import { type ErrorClass, errorClassOf, errorCodeOf, retryAfterOf } from "./errorClass.ts"

/** A call would have passed what the run may cost; it was not made. */
export class BudgetExceeded extends Data.TaggedError("BudgetExceeded")<{
  readonly unit: AmountUnit
  readonly limit: number
  /** Spent, and reserved for calls under way. */
  readonly committed: number
  /** What the call could have cost; null where nobody knows. */
  readonly wanted: number | null
}> {
  readonly code = "budget_exceeded"
  readonly errorClass = "budget"
}

/** A stage or a call did not end in time and was interrupted. */
export class TimedOut extends Data.TaggedError("TimedOut")<{ readonly afterMs: number }> {
  readonly code = "timeout"
  readonly errorClass = "transient"
}

/** The provider failed so often of late that it is left alone for a while; it was not called. */
export class CircuitOpen extends Data.TaggedError("CircuitOpen")<{
  readonly provider: string
  readonly retryAfterMs: number
}> {
  readonly code = "unavailable"
  readonly errorClass = "transient"
}

/** A value does not fit the schema of its artifact, or has no form in JSON and bytes. */
export class ArtifactInvalid extends Data.TaggedError("ArtifactInvalid")<{
  readonly artifact: string
  /** Who is at fault: the caller, a stage, or what a store gave back. */
  readonly from: "caller" | "stage" | "store"
  readonly cause: unknown
}> {
  readonly code = "validation_failed"
  get errorClass(): ErrorClass {
    return this.from === "caller" ? "invalid_input" : "defect"
  }
}

/** A stage written with promises threw or rejected; `cause` is what it threw. */
export class StageThrew extends Data.TaggedError("StageThrew")<{ readonly cause: unknown }> {
  get code(): string {
    return errorCodeOf(this.cause, "stage_failed")
  }
  get errorClass(): ErrorClass {
    return errorClassOf(this.cause, "defect")
  }
  get retryAfterMs(): number | null {
    return retryAfterOf(this.cause)
  }
}

/** A stage broke an invariant: a defect of the program, not of the document. */
export class StageDied extends Data.TaggedError("StageDied")<{ readonly cause: unknown }> {
  readonly code = "stage_failed"
  readonly errorClass = "defect"
}

/** The journal or the blob store failed; what was not written will be done again by `resume`. */
export class StoreFailed extends Data.TaggedError("StoreFailed")<{ readonly cause: unknown }> {
  get code(): string {
    return errorCodeOf(this.cause, "unavailable")
  }
  get errorClass(): ErrorClass {
    return errorClassOf(this.cause, "transient")
  }
}

/** The journal knows no such run. */
export class RunUnknown extends Data.TaggedError("RunUnknown") {
  readonly code = "not_found"
  readonly errorClass = "invalid_input"
}

/** The run belongs to another pipeline or other inputs, or has not been completed, or is not this pipeline's to change. */
export class RunConflict extends Data.TaggedError("RunConflict")<{ readonly detail: string }> {
  readonly code = "conflict"
  readonly errorClass = "invalid_input"
}

/** The caller's signal was aborted. */
export class RunCancelled extends Data.TaggedError("RunCancelled") {
  readonly code = "cancelled"
  readonly errorClass = "cancelled"
}

/** Why the engine itself failed a run. */
export type PipelineErrorReason =
  | BudgetExceeded
  | TimedOut
  | CircuitOpen
  | ArtifactInvalid
  | StageThrew
  | StageDied
  | StoreFailed
  | RunUnknown
  | RunConflict
  | RunCancelled

/**
 * Every failure of the engine; what a stage fails with by itself goes through unchanged. Branch on `reason`
 * (`Effect.catchReason`), `code` or `errorClass`, never on `message`.
 */
export class PipelineError extends Data.TaggedError("PipelineError")<{
  readonly runId: string
  /** The stage where it happened; null where it was the run as a whole. */
  readonly stage: string | null
  readonly reason: PipelineErrorReason
}> {
  override readonly cause = this.reason
  override readonly message = `${this.stage ?? "run"}: ${describe(this.reason)}`
  get code(): string {
    return this.reason.code
  }
  get errorClass(): ErrorClass {
    return this.reason.errorClass
  }
  get isRetryable(): boolean {
    return this.errorClass === "transient" || this.errorClass === "rate_limited"
  }
}

const describe = (reason: PipelineErrorReason): string => {
  switch (reason._tag) {
    case "BudgetExceeded":
      return `${reason.wanted ?? "an unknown amount of"} ${reason.unit} would pass the budget of ${reason.limit}, of which ${reason.committed} are taken`
    case "TimedOut":
      return `did not end within ${reason.afterMs} ms`
    case "CircuitOpen":
      return `${reason.provider} is left alone for ${reason.retryAfterMs} ms`
    case "ArtifactInvalid":
      return `"${reason.artifact}" from the ${reason.from} is not valid: ${textOf(reason.cause)}`
    case "StageThrew":
    case "StageDied":
    case "StoreFailed":
      return textOf(reason.cause)
    case "RunUnknown":
      return "there is no such run"
    case "RunConflict":
      return reason.detail
    case "RunCancelled":
      return "was cancelled"
  }
}

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
