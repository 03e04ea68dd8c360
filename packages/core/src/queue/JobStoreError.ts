import { Data } from "effect"
import type { JobStatus } from "../domain/jobStatus.ts"
import type { RepositoryFailure } from "../repository/RepositoryError.ts"

/** The lease ran out, or the job was given to someone else or taken away: what its holder wanted to write is not. */
export class LeaseLost extends Data.TaggedError("LeaseLost")<{
  /** The token of the lease that was lost. */
  readonly token: number
}> {
  readonly code = "lease_lost"
  readonly isRetryable = false
}

/** The job's status may not become that one; see `legalStatusChanges`. */
export class IllegalStatusChange extends Data.TaggedError("IllegalStatusChange")<{
  readonly from: JobStatus
  readonly to: JobStatus
}> {
  readonly code = "conflict"
  readonly isRetryable = false
}

/** Every failure of `JobStore`. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. */
export class JobStoreError extends Data.TaggedError("JobStoreError")<{
  /** Null where the job is none yet. */
  readonly jobId: string | null
  readonly reason: LeaseLost | IllegalStatusChange | RepositoryFailure
}> {
  override readonly cause = this.reason
  override readonly message = `${this.jobId ?? "a new job"}: ${this.reason._tag}`
  get code() {
    return this.reason.code
  }
  get isRetryable() {
    return this.reason.isRetryable
  }
}
