import { Context, type Duration, type Effect, type Option } from "effect"
import type * as z from "zod"
import type { ProcessingJob, ProcessingJobChanges, ProcessingJobInput } from "../domain/ProcessingJob.ts"
import type { QueueName } from "../domain/redis/queues.ts"
import type { Stored } from "../repository/Repository.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"

/** Any JSON value. */
export type Json = z.core.util.JSONType

/** Who has a job, and how long. */
export interface JobHold {
  /** What the worker calls itself. */
  readonly owner: string
  readonly expiresAt: string
}

/** A job and where it stands in the queue. */
export interface JobRecord {
  readonly job: Stored<ProcessingJob>
  /** Where it waits, or was claimed from; null when no worker is wanted. */
  readonly queue: QueueName | null
  /** The greater goes first. */
  readonly priority: number
  /** It is not to be had before. */
  readonly availableAt: string
  /** Null while nobody has it. */
  readonly hold: JobHold | null
  /** Grows with each claim; what comes with a lesser one comes too late. */
  readonly token: number
  /** Leases that ran out without a word. */
  readonly lostLeases: number
  /** What its worker wanted to find again. */
  readonly checkpoint: Json
  /** The store's clock when the record was read. */
  readonly now: string
}

/** How a new job waits. */
export interface JobPlacement {
  readonly queue: QueueName
  readonly priority: number
  readonly idempotencyKey: string | null
}

/** What becomes of a record; what is left out stays. */
export interface JobRecordChanges extends Partial<Omit<JobRecord, "job" | "priority" | "now">> {
  readonly job?: ProcessingJobChanges
  /** When a message that wakes a worker for it was last written. */
  readonly wokenAt?: string
}

/** What `JobStore` asks of a store. What takes a lock is called within a transaction and holds the lock to its end. */
export class JobRecords extends Context.Service<
  JobRecords,
  {
    /** A job that waits from now on. Fails with `UniqueViolation` where its user has its idempotency key already. */
    readonly insert: (input: ProcessingJobInput, placement: JobPlacement) => Effect.Effect<JobRecord, RepositoryError>
    readonly find: (id: string) => Effect.Effect<Option.Option<JobRecord>, RepositoryError>
    readonly findByKey: (
      userId: string,
      idempotencyKey: string
    ) => Effect.Effect<Option.Option<JobRecord>, RepositoryError>
    /** Waits until nobody else has the lock of this job. */
    readonly lock: (id: string) => Effect.Effect<Option.Option<JobRecord>, RepositoryError>
    /**
     * Gives the first job of the queue by priority and age, or the job `jobId` of the queue, to `owner`, with the next
     * token. A job whose lease ran out may be had too while it lost fewer than `maxLostLeases` with that one; that lease
     * is counted. Of several callers at once each gets another job.
     */
    readonly claim: (
      queue: QueueName,
      claim: {
        readonly jobId: string | undefined
        readonly owner: string
        readonly leaseFor: Duration.Duration
        readonly maxLostLeases: number
      }
    ) => Effect.Effect<Option.Option<JobRecord>, RepositoryError>
    /**
     * Writes to a job whose lease with this token has not run out; none where it has, or there is no such job. One
     * statement, so that a worker that stops in the middle of it holds no lock.
     */
    readonly updateHeld: (
      id: string,
      token: number,
      changes: { readonly leaseFor: Duration.Duration } | { readonly checkpoint: Json }
    ) => Effect.Effect<Option.Option<JobRecord>, RepositoryError>
    readonly update: (id: string, changes: JobRecordChanges) => Effect.Effect<JobRecord, RepositoryError>
    /** Locks up to `limit` jobs whose lease has run out, passing over those that others have locked. */
    readonly lockExpired: (limit: number) => Effect.Effect<ReadonlyArray<JobRecord>, RepositoryError>
    /** Locks up to `limit` jobs that wait and that no message has spoken of for so long, in the same way. */
    readonly lockUnheard: (
      limit: number,
      since: Duration.Duration
    ) => Effect.Effect<ReadonlyArray<JobRecord>, RepositoryError>
  }
>()("@timegrid/core/queue/JobRecords") {}
