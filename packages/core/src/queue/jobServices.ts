/** Everything about jobs, over the records of any store. */
import { Layer } from "effect"
import { AuditLogs } from "../audit/AuditLogs.ts"
import type { AuditRecords } from "../audit/AuditRecords.ts"
import type { RepositoryServices } from "../repository/RepositoryServices.ts"
import { ReviewQueue } from "../review/ReviewQueue.ts"
import type { ReviewRecords } from "../review/ReviewRecords.ts"
import type { JobRecords } from "./JobRecords.ts"
import { JobStore, type JobStoreOptions } from "./JobStore.ts"
import { Outbox } from "./Outbox.ts"
import type { OutboxRecords } from "./OutboxRecords.ts"

/** What a store of jobs provides, all over the same rows. */
export type JobServices = JobStore | Outbox | AuditLogs | ReviewQueue

/** What a store of rows must provide besides the repositories. */
export type QueueRecords = JobRecords | OutboxRecords | AuditRecords | ReviewRecords

/** Jobs, outbox, audit log and reviews over the records of any store. */
export const jobServices = (
  options?: JobStoreOptions
): Layer.Layer<JobServices, never, RepositoryServices | QueueRecords> =>
  ReviewQueue.layer.pipe(
    Layer.provideMerge(JobStore.layer(options)),
    Layer.provideMerge(Layer.merge(Outbox.layer, AuditLogs.layer))
  )
