import { Context, type Duration, type Effect, Layer, type Option } from "effect"
import type { AuditLogs } from "../audit/AuditLogs.ts"
import type { ProcessingJob } from "../domain/ProcessingJob.ts"
import type { ReviewDraft } from "../domain/ReviewDraft.ts"
import type { ReviewPriority, ReviewTask } from "../domain/ReviewTask.ts"
import type { JobRecords } from "../queue/JobRecords.ts"
import type { JobStore } from "../queue/JobStore.ts"
import type { Outbox } from "../queue/Outbox.ts"
import type { Stored } from "../repository/Repository.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import type { ReviewTasks } from "../repository/ReviewTasks.ts"
import type { UnitOfWork } from "../repository/UnitOfWork.ts"
import { makeReviewQueue } from "./makeReviewQueue.ts"
import type { ReviewQueueError } from "./ReviewQueueError.ts"
import type { ReviewRecords } from "./ReviewRecords.ts"

/** What a person is asked to look at. */
export interface ReviewRequest {
  /** In `hitl_pending`. */
  readonly jobId: string
  /** What the machine has read; null where it could read nothing. */
  readonly draft: ReviewDraft | null
  /** Default `normal`. */
  readonly priority?: ReviewPriority | undefined
}

/** Who takes a task. */
export interface ReviewClaim {
  readonly reviewerId: string
  /** Default 30 minutes; saving renews it. */
  readonly leaseFor?: Duration.Input | undefined
  /** Whether the reviewer may look at documents of their own. Default false. */
  readonly ownDocuments?: boolean | undefined
}

/** Work in progress. */
export interface ReviewSave {
  readonly reviewerId: string
  readonly draft: ReviewDraft
  /** The lease from now on. Default 30 minutes. */
  readonly leaseFor?: Duration.Input | undefined
  /** Fails with `StaleVersion` when the task has another version. Default any version. */
  readonly ifVersion?: number | undefined
}

/** A review that has just been completed. */
export interface CompletedReview {
  readonly task: Stored<ReviewTask>
  readonly job: Stored<ProcessingJob>
  readonly final: ReviewDraft
}

/** The end of a review. */
export interface ReviewCompletion<R> {
  readonly reviewerId: string
  /** What the document says. */
  readonly final: ReviewDraft
  readonly notes?: string | undefined
  /** Fails with `StaleVersion` when the task has another version. Default any version. */
  readonly ifVersion?: number | undefined
  /** Writes the timetables, in the transaction of the review; the id of the one that the job points at, or null. */
  readonly write: (review: Omit<CompletedReview, "task">) => Effect.Effect<string | null, RepositoryError, R>
}

/**
 * What waits for a person. A reviewer has a task by a lease on the store's clock; each job has one open task at a time.
 * Each change leaves a row in the audit log, and what changes for the job an event in the outbox, in its transaction.
 *
 * A task that is none fails with `RowMissing`. Checked by `reviewQueueContract`.
 */
export class ReviewQueue extends Context.Service<
  ReviewQueue,
  {
    /** Asks for a review. Fails with `UniqueViolation` (`idx_hitl_tasks_one_open`) where one is open for the job. */
    readonly open: (request: ReviewRequest) => Effect.Effect<Stored<ReviewTask>, ReviewQueueError>
    /** Takes a task; one that the reviewer has already is theirs for longer. Fails with `TaskTaken` or `OwnDocument`. */
    readonly claim: (taskId: string, claim: ReviewClaim) => Effect.Effect<Stored<ReviewTask>, ReviewQueueError>
    /** Takes the most urgent task that the reviewer may have, the oldest of those; none when there is none. */
    readonly claimNext: (claim: ReviewClaim) => Effect.Effect<Option.Option<Stored<ReviewTask>>, ReviewQueueError>
    /** Keeps work in progress in `metadata.draft`; `draftData` stays what the machine has read. */
    readonly save: (taskId: string, save: ReviewSave) => Effect.Effect<Stored<ReviewTask>, ReviewQueueError>
    /**
     * Ends the review: the timetables are written, the job is completed with the tier `hitl`, and what the person has
     * put right is kept in `metadata.corrections`, all or nothing. Fails with `DraftInvalid`.
     */
    readonly complete: <R>(
      taskId: string,
      completion: ReviewCompletion<R>
    ) => Effect.Effect<CompletedReview, ReviewQueueError, R>
    /** Gives a task back; its saved draft stays for whoever takes it next. */
    readonly release: (taskId: string, reviewerId: string) => Effect.Effect<Stored<ReviewTask>, ReviewQueueError>
    /** Keeps a task for one reviewer, also out of the hands of another; null: for anyone. */
    readonly assign: (taskId: string, reviewerId: string | null) => Effect.Effect<Stored<ReviewTask>, ReviewQueueError>
    /** Has a task go before or after others than the rule says; whoever has it keeps it. */
    readonly prioritize: (
      taskId: string,
      priority: ReviewPriority
    ) => Effect.Effect<Stored<ReviewTask>, ReviewQueueError>
    /** Cancels the task and its job. */
    readonly cancel: (taskId: string) => Effect.Effect<Stored<ReviewTask>, ReviewQueueError>
    /** Has the tasks whose lease ran out wait again. Their number. Run it every minute or so. */
    readonly expire: Effect.Effect<number, ReviewQueueError>
  }
>()("@timegrid/core/review/ReviewQueue") {
  /** Over the records of any store. */
  static readonly layer: Layer.Layer<
    ReviewQueue,
    never,
    ReviewRecords | ReviewTasks | JobRecords | JobStore | UnitOfWork | AuditLogs | Outbox
  > = Layer.effect(ReviewQueue, makeReviewQueue)
}
