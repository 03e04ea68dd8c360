import { Effect, Layer, Option } from "effect"
import { type ReviewPriority, reviewPriorityRanks } from "../domain/ReviewTask.ts"
import type { Row } from "../repository/EntityTable.ts"
import { MemoryDatabase } from "../repository/memory/MemoryDatabase.ts"
import type { MemorySession } from "../repository/memory/MemorySession.ts"
import { processingJobTable } from "../repository/ProcessingJobs.ts"
import { rowIdOf } from "../repository/parsing.ts"
import { RowMissing } from "../repository/RepositoryError.ts"
import { reviewTaskTable } from "../repository/ReviewTasks.ts"
import { ReviewRecords } from "./ReviewRecords.ts"
import { reviewRecordOf } from "./reviewRow.ts"

const { failure, name, updateOf } = reviewTaskTable

const leaseEnd = (row: Row) => row.lease_expires_at as Date | null
const isAtWork = (row: Row) => row.status === "in_progress"
const isExpired = (row: Row, now: Date) => isAtWork(row) && (leaseEnd(row) === null || leaseEnd(row)! <= now)
// Rows were parsed before they were stored.
const rankOf = ({ priority }: Row) => reviewPriorityRanks[priority as ReviewPriority]
const ageOf = ({ created_at }: Row) => (created_at as Date).getTime()

/** Review tasks of a database in memory, whose transactions come one after the other. */
const makeMemoryReviewRecords = Effect.gen(function* () {
  const { statement } = yield* MemoryDatabase

  const select = (choose: (session: MemorySession) => ReadonlyArray<Row>) =>
    statement((session) =>
      choose(session).map((task) =>
        // A task goes with its job.
        reviewRecordOf(task, session.find(processingJobTable.name, task.job_id)!, session.now)
      )
    ).pipe(Effect.flatMap((records) => Effect.all(records)))
  const first = <A>(found: ReadonlyArray<A>) => Option.fromNullishOr(found[0])

  return ReviewRecords.of({
    lock: (taskId) =>
      Effect.map(
        select((session) => {
          const row = session.find(name, Option.getOrUndefined(rowIdOf(taskId)))
          return row === undefined ? [] : [row]
        }),
        first
      ),
    lockNext: (reviewerId, ownDocuments) =>
      Effect.map(
        select(({ find, now, rows }) => {
          const mayTake = (task: Row) =>
            task.status === "pending" ||
            (task.status === "assigned" && task.assigned_to === reviewerId) ||
            (isExpired(task, now) && (task.assigned_at === null || task.assigned_to === reviewerId))
          const isOwn = (task: Row) => find(processingJobTable.name, task.job_id)?.user_id === reviewerId
          return rows(name)
            .filter((task) => mayTake(task) && (ownDocuments || !isOwn(task)))
            .toSorted((one, other) => rankOf(other) - rankOf(one) || ageOf(one) - ageOf(other))
            .slice(0, 1)
        }),
        first
      ),
    lockExpired: (limit) =>
      select(({ now, rows }) =>
        rows(name)
          .filter((task) => isExpired(task, now))
          .slice(0, limit)
      ),
    update: Effect.fnUntraced(function* (taskId, { leaseExpiresAt, task }) {
      const columns = {
        ...(yield* updateOf(task)),
        lease_expires_at: leaseExpiresAt === null ? null : new Date(leaseExpiresAt)
      }
      const row = yield* statement(({ update }) => update(name, [taskId], columns))
      if (row === undefined) return yield* failure(new RowMissing({ id: taskId }))
      return yield* reviewTaskTable.entityOf(row)
    })
  })
})

/** Provides `ReviewRecords` over the rows of a database in memory. */
export const memoryReviewRecords: Layer.Layer<ReviewRecords, never, MemoryDatabase> = Layer.effect(
  ReviewRecords,
  makeMemoryReviewRecords
)
