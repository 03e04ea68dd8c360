import { Context, type Effect, type Option } from "effect"
import type { ProcessingJob } from "../domain/ProcessingJob.ts"
import type { ReviewTask, ReviewTaskChanges } from "../domain/ReviewTask.ts"
import type { Stored } from "../repository/Repository.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"

/** A review task, its job, and how long its reviewer has it. */
export interface ReviewRecord {
  readonly task: Stored<ReviewTask>
  readonly job: Stored<ProcessingJob>
  /** Null while nobody is at work on it. */
  readonly leaseExpiresAt: string | null
  /** The store's clock when the record was read. */
  readonly now: string
}

/**
 * What `ReviewQueue` asks of a store. All but `update` are called within a transaction and lock the job of what they
 * give to its end: all that is written of a review is written under the lock of its job.
 */
export class ReviewRecords extends Context.Service<
  ReviewRecords,
  {
    readonly lock: (taskId: string) => Effect.Effect<Option.Option<ReviewRecord>, RepositoryError>
    /**
     * The first task by priority and age that the reviewer may take: nobody is at work on it, it is assigned to nobody
     * else, and its document is not theirs, unless `ownDocuments`. Tasks that others have locked are passed over.
     */
    readonly lockNext: (
      reviewerId: string,
      ownDocuments: boolean
    ) => Effect.Effect<Option.Option<ReviewRecord>, RepositoryError>
    /** Up to `limit` tasks whose lease has run out, passing over those that others have locked. */
    readonly lockExpired: (limit: number) => Effect.Effect<ReadonlyArray<ReviewRecord>, RepositoryError>
    readonly update: (
      taskId: string,
      changes: { readonly task: ReviewTaskChanges; readonly leaseExpiresAt: string | null }
    ) => Effect.Effect<Stored<ReviewTask>, RepositoryError>
  }
>()("@timegrid/core/review/ReviewRecords") {}
