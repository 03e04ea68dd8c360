export { JobEvent } from "./JobEvent.ts"
export {
  type JobHold,
  type JobPlacement,
  type JobRecord,
  type JobRecordChanges,
  JobRecords,
  type Json
} from "./JobRecords.ts"
export {
  type ClaimedJob,
  type ClaimOptions,
  type EnqueuedJob,
  type JobChange,
  type JobRequest,
  type JobRetryOptions,
  JobStore,
  type JobStoreOptions,
  type Lease,
  type Reconciliation,
  type WaitOptions
} from "./JobStore.ts"
export { IllegalStatusChange, JobStoreError, LeaseLost } from "./JobStoreError.ts"
export { jobEventOf } from "./jobEventOf.ts"
export {
  jobColumnsOf,
  jobRecordColumns,
  jobRecordOf,
  parseOwner,
  placementColumnsOf
} from "./jobRow.ts"
export { forgetDocumentRuns, forgetJobRun, jobRunStores, type RunOwner } from "./jobRuns.ts"
export { type JobServices, jobServices, type QueueRecords } from "./jobServices.ts"
export * as MemoryJobs from "./MemoryJobs.ts"
export * as MemoryWakeUps from "./MemoryWakeUps.ts"
export { type DeadMessage, Outbox, type OutboxMessage, type RelayOptions, type RelayReport } from "./Outbox.ts"
export { OutboxRecords } from "./OutboxRecords.ts"
export { deadMessageOf, outboxColumns, outboxColumnsOf, outboxMessageOf } from "./outboxRow.ts"
export { QueueError, QueueMisconfigured, QueueUnavailable } from "./QueueError.ts"
export { outboxTopics } from "./topics.ts"
export { WakeUpMessage } from "./WakeUpMessage.ts"
export { type ConsumeOptions, consumeDefaults, type WakeUpHandler, WakeUps } from "./WakeUps.ts"
export { makeWorkSlots, type WorkSlots } from "./workSlots.ts"
