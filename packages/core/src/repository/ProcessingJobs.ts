import { Context, type Effect, type Option } from "effect"
import * as z from "zod"
import { JobStatus } from "../domain/jobStatus.ts"
import {
  type ProcessingJob,
  type ProcessingJobChanges,
  ProcessingJobCodec,
  type ProcessingJobInput,
  ProcessingJobInsert,
  ProcessingJobUpdate
} from "../domain/ProcessingJob.ts"
import { Uuid } from "../domain/values.ts"
import { entityTable } from "./EntityTable.ts"
import { FilterMoment } from "./filterText.ts"
import type { Repository, Stored } from "./Repository.ts"
import type { RepositoryError } from "./RepositoryError.ts"
import type { QueueStatistics } from "./records/QueueStatistics.ts"

/** Which jobs a list is of. */
export const ProcessingJobFilter = z.strictObject({
  userId: Uuid.optional(),
  documentId: Uuid.optional(),
  timetableId: Uuid.optional(),
  /** One of these. */
  statuses: z.array(JobStatus).min(1).optional(),
  createdBefore: FilterMoment.optional(),
  /** Finished, completed or failed, before this moment. */
  completedBefore: FilterMoment.optional()
})
export type ProcessingJobFilter = z.output<typeof ProcessingJobFilter>

/** The table of {@link ProcessingJobs}. */
export const processingJobTable = entityTable({
  name: "processing_jobs",
  codec: ProcessingJobCodec,
  insert: ProcessingJobInsert,
  update: ProcessingJobUpdate,
  filter: ProcessingJobFilter
})

/** A job with the names of what it is about. */
export type NamedJob = Stored<ProcessingJob> & {
  readonly fileName: string
  readonly fileType: string
  readonly timetableName: string | null
}

/**
 * Keeps jobs. What a worker does to them goes through `JobStore`, which holds the lease. A status that may not follow
 * the one before is refused as `check_job_status_change`. Adapters are checked by `processingJobsContract`.
 */
export class ProcessingJobs extends Context.Service<
  ProcessingJobs,
  Repository<ProcessingJob, ProcessingJobInput, ProcessingJobChanges, ProcessingJobFilter> & {
    /** The job with its document and, where it has one, its timetable. */
    readonly findNamed: (id: string) => Effect.Effect<Option.Option<NamedJob>, RepositoryError>
    /** The view `v_processing_queue_stats`, in no certain order. */
    readonly queueStatistics: Effect.Effect<ReadonlyArray<QueueStatistics>, RepositoryError>
  }
>()("@timegrid/core/repository/ProcessingJobs") {}
