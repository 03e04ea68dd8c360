import { Effect } from "effect"
import { AuditLogs } from "../audit/AuditLogs.ts"
import type { ProcessingJob } from "../domain/ProcessingJob.ts"
import type { Stored } from "../repository/Repository.ts"
import { type JobRecord, type JobRecordChanges, JobRecords } from "./JobRecords.ts"
import { jobEventOf } from "./jobEventOf.ts"
import { Outbox } from "./Outbox.ts"
import { outboxTopics } from "./topics.ts"

/**
 * Writes changes of jobs within a transaction that holds their lock, each with its row in the audit log and its event
 * where status or stage have changed.
 */
export const makeJobWriter = Effect.gen(function* () {
  const records = yield* JobRecords
  const audit = yield* AuditLogs
  const outbox = yield* Outbox

  return {
    write: Effect.fnUntraced(function* (
      before: Stored<ProcessingJob>,
      changes: JobRecordChanges,
      action = "job.status_changed"
    ) {
      const after = yield* records.update(before.id, changes)
      const { errorCode, stage, status } = after.job
      if (status === before.status && stage === before.stage) return after
      yield* audit.append({
        action,
        resourceType: "job",
        resourceId: before.id,
        changes: { from: before.status, to: status, stage, ...(errorCode !== null && { errorCode }) }
      })
      yield* outbox.publish(outboxTopics.jobEvents, jobEventOf(after.job, after.now))
      return after
    }),

    /** Says that a job waits in its queue. */
    wake: ({ availableAt, job, priority, queue }: JobRecord) =>
      queue === null
        ? Effect.void
        : outbox.publish(outboxTopics.wakeUps, { jobId: job.id, queue, priority, availableAt })
  }
})
