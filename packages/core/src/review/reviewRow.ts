/** From a row of `hitl_tasks` and one of its job to a record, for every store alike. */
import { Effect } from "effect"
import { TimestampCodec } from "../domain/values.ts"
import type { Row } from "../repository/EntityTable.ts"
import { processingJobTable } from "../repository/ProcessingJobs.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import { reviewTaskTable } from "../repository/ReviewTasks.ts"
import type { ReviewRecord } from "./ReviewRecords.ts"

/** `task` has `lease_expires_at` besides its columns; both rows have `version`. */
export const reviewRecordOf = Effect.fnUntraced(function* (
  task: Row,
  job: Row,
  now: Date
): Effect.fn.Return<ReviewRecord, RepositoryError> {
  const { lease_expires_at } = task
  return {
    task: yield* reviewTaskTable.entityOf(task),
    job: yield* processingJobTable.entityOf(job),
    leaseExpiresAt: lease_expires_at instanceof Date ? TimestampCodec.decode(lease_expires_at) : null,
    now: TimestampCodec.decode(now)
  }
})
