import * as z from "zod"
import { column, nullable, publicSchema, rowCodec, rowSchema, timestamp } from "../../domain/columns.ts"
import { JobStatus } from "../../domain/jobStatus.ts"
import { Tier } from "../../domain/Tier.ts"
import { Count } from "../../domain/values.ts"

const columns = {
  status: column(JobStatus),
  processingTier: nullable(column(Tier)),
  jobCount: column(Count),
  avgConfidence: nullable(column(z.number())),
  /** Seconds since they were started, of those that were. */
  avgDurationSeconds: nullable(column(z.number())),
  /** When the first and the last of them were made. */
  oldestJob: nullable(timestamp),
  newestJob: nullable(timestamp)
}

/** A row of the view `v_processing_queue_stats`: the unfinished jobs of a status and tier. */
export const QueueStatistics = publicSchema(columns)
export type QueueStatistics = z.output<typeof QueueStatistics>

/** Between rows of `v_processing_queue_stats` and {@link QueueStatistics}. */
export const QueueStatisticsCodec = rowCodec(columns, rowSchema(columns), QueueStatistics)
