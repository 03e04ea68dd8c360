import { Context, type Duration, type Effect, Layer, type Option } from "effect"
import type { AuditLogs } from "../audit/AuditLogs.ts"
import type { JobStatus } from "../domain/jobStatus.ts"
import type { ProcessingJob, ProcessingJobChanges } from "../domain/ProcessingJob.ts"
import type { QueueName } from "../domain/redis/queues.ts"
import type { UploadedDocument, UploadedDocumentInput } from "../domain/UploadedDocument.ts"
import type { Stored } from "../repository/Repository.ts"
import type { ReviewTasks } from "../repository/ReviewTasks.ts"
import type { UnitOfWork } from "../repository/UnitOfWork.ts"
import type { UploadedDocuments } from "../repository/UploadedDocuments.ts"
import type { JobRecord, JobRecords, Json } from "./JobRecords.ts"
import type { JobStoreError } from "./JobStoreError.ts"
import { makeJobStore } from "./makeJobStore.ts"
import type { Outbox } from "./Outbox.ts"

/** A document that is to be read. */
export interface JobRequest {
  /** A new document, or the id of one that is there. */
  readonly document: UploadedDocumentInput | string
  /**
   * What the caller calls this request, unique among those of the document's user. Who does not know whether a request
   * was heard makes it again with the same key: there is one job all the same. Default none.
   */
  readonly idempotencyKey?: string | undefined
  /** Default the queue of the first stage. */
  readonly queue?: QueueName | undefined
  /** The greater goes first. Default 0. */
  readonly priority?: number | undefined
}

/** What became of a request. */
export interface EnqueuedJob {
  readonly job: Stored<ProcessingJob>
  readonly document: Stored<UploadedDocument>
  /** False where the request had been heard before. */
  readonly isNew: boolean
}

/** The right to write to a job until it runs out. Whoever holds it gives it with every write. */
export interface Lease {
  readonly jobId: string
  readonly token: number
  readonly owner: string
  /** By the store's clock. */
  readonly expiresAt: string
}

/** A job to work on. */
export interface ClaimedJob {
  readonly lease: Lease
  readonly job: Stored<ProcessingJob>
  readonly queue: QueueName
  /** What a worker before wanted to be found; null without any. */
  readonly checkpoint: Json
}

/** Who claims. */
export interface ClaimOptions {
  /** What the worker calls itself; for people to read. */
  readonly owner: string
  readonly leaseFor: Duration.Input
  /** That job or none, such as the one that a message spoke of. Default the first by priority and age. */
  readonly jobId?: string | undefined
}

/** What a worker makes of a job; columns that are left out stay as they are. */
export interface JobChange
  extends Pick<
    ProcessingJobChanges,
    "stage" | "confidence" | "processingTier" | "errorCode" | "errorMessage" | "metadata" | "timetableId"
  > {
  /** Its status from now on: the same, or one that may follow. */
  readonly status: JobStatus
}

/** Where a job waits next. */
export interface WaitOptions {
  readonly queue: QueueName
  /** Not before so long. Default at once. */
  readonly delay?: Duration.Input | undefined
}

/** How a job is tried again. */
export interface JobRetryOptions extends Partial<WaitOptions> {
  /** What the next worker is to find. Default what was kept before. */
  readonly checkpoint?: Json | undefined
}

/** What `reconcile` has put right. */
export interface Reconciliation {
  /** Jobs whose lease ran out and that wait again. */
  readonly expired: number
  /** Jobs that lost too many leases and have failed. */
  readonly givenUp: number
  /** Jobs that waited unheard and were spoken of again. */
  readonly republished: number
}

/** What a store of jobs goes by. */
export interface JobStoreOptions {
  /** A job fails with the code `worker_lost` when so many leases ran out without a word. Default 3. */
  readonly maxLostLeases?: number | undefined
}

/**
 * The queue of record: where jobs wait, who works on them, and what became of them. Each change of a job's status or
 * stage leaves a row in the audit log and an event in the outbox, each job that waits a message that wakes a worker, all
 * in the transaction of the change. Messages may be lost or doubled: a job is had by its lease alone.
 *
 * Whatever takes a lease fails with `LeaseLost` when the lease ran out or another has followed it, and then writes
 * nothing. A job that is none fails with `RowMissing`. Checked by `jobStoreContract`.
 */
export class JobStore extends Context.Service<
  JobStore,
  {
    /** Document and job, and what follows from them, in one transaction: when it succeeds, they last. */
    readonly enqueue: (request: JobRequest) => Effect.Effect<EnqueuedJob, JobStoreError>
    /** A job that waits in the queue; none when no job does. */
    readonly claim: (queue: QueueName, options: ClaimOptions) => Effect.Effect<Option.Option<ClaimedJob>, JobStoreError>
    /** The lease, now until `leaseFor` from now. */
    readonly heartbeat: (lease: Lease, leaseFor: Duration.Input) => Effect.Effect<Lease, JobStoreError>
    /** Keeps what the next worker is to find, should this one be lost; replaces what was kept. */
    readonly checkpoint: (lease: Lease, value: Json) => Effect.Effect<void, JobStoreError>
    /**
     * Writes what has become of the job. A status that no worker is needed for (`completed`, `failed`, `hitl_pending`)
     * ends the lease. Fails with `IllegalStatusChange`.
     */
    readonly transition: (lease: Lease, change: JobChange) => Effect.Effect<Stored<ProcessingJob>, JobStoreError>
    /** Ends the lease; the job waits in a queue, its own or that of its next stage. */
    readonly release: (lease: Lease, next: WaitOptions) => Effect.Effect<void, JobStoreError>
    /** A job that has failed waits again, with one retry more. Default in the first queue. */
    readonly retry: (jobId: string, options?: JobRetryOptions) => Effect.Effect<Stored<ProcessingJob>, JobStoreError>
    /**
     * Fails the job with the code `cancelled`: its worker loses the lease, and its open review is cancelled. Fails with
     * `IllegalStatusChange` when the job has ended.
     */
    readonly cancel: (jobId: string) => Effect.Effect<Stored<ProcessingJob>, JobStoreError>
    readonly find: (jobId: string) => Effect.Effect<Option.Option<JobRecord>, JobStoreError>
    /**
     * Puts right what was lost: jobs whose worker fell silent wait again, or are given up, and jobs that waited for
     * `unheardFor` (default 1 minute) are spoken of again. Run it every few seconds; several at once do no harm.
     */
    readonly reconcile: (options?: {
      readonly unheardFor?: Duration.Input | undefined
    }) => Effect.Effect<Reconciliation, JobStoreError>
  }
>()("@timegrid/core/queue/JobStore") {
  /** Over the records of any store. */
  static readonly layer = (
    options: JobStoreOptions = {}
  ): Layer.Layer<JobStore, never, JobRecords | UploadedDocuments | ReviewTasks | UnitOfWork | AuditLogs | Outbox> =>
    Layer.effect(JobStore, makeJobStore(options))
}
