import { Data } from "effect"
import type { IllegalStatusChange } from "../queue/JobStoreError.ts"
import type { RepositoryFailure } from "../repository/RepositoryError.ts"

/** The reviewer does not hold the task: the lease ran out, or it was never claimed. Nothing was written. */
export class TaskNotHeld extends Data.TaggedError("TaskNotHeld")<{ readonly reviewerId: string }> {
  readonly code = "lease_lost"
  readonly isRetryable = false
}

/** Someone else is at work on the task, or it is assigned to them. */
export class TaskTaken extends Data.TaggedError("TaskTaken")<{ readonly by: string | null }> {
  readonly code = "conflict"
  readonly isRetryable = false
}

/** The task is completed or cancelled. */
export class TaskClosed extends Data.TaggedError("TaskClosed") {
  readonly code = "conflict"
  readonly isRetryable = false
}

/** The document is the reviewer's own, and two pairs of eyes are asked for. */
export class OwnDocument extends Data.TaggedError("OwnDocument") {
  readonly code = "forbidden"
  readonly isRetryable = false
}

/** What is wrong at one place of a draft. */
export interface DraftIssue {
  /** A JSON pointer, such as `/timeblocks/3/name`. */
  readonly pointer: string
  readonly message: string
}

/** The draft cannot be kept, or cannot be the end of the review. */
export class DraftInvalid extends Data.TaggedError("DraftInvalid")<{ readonly issues: ReadonlyArray<DraftIssue> }> {
  readonly code = "validation_failed"
  readonly isRetryable = false
}

/** Every failure of `ReviewQueue`. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. */
export class ReviewQueueError extends Data.TaggedError("ReviewQueueError")<{
  /** Null where it is about no certain task. */
  readonly taskId: string | null
  readonly reason:
    | TaskNotHeld
    | TaskTaken
    | TaskClosed
    | OwnDocument
    | DraftInvalid
    | IllegalStatusChange
    | RepositoryFailure
}> {
  override readonly cause = this.reason
  override readonly message = `${this.taskId ?? "review tasks"}: ${this.reason._tag}`
  get code() {
    return this.reason.code
  }
  get isRetryable() {
    return this.reason.isRetryable
  }
}
