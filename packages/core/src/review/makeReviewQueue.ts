import { type Duration, Effect, Option } from "effect"
import { AuditLogs } from "../audit/AuditLogs.ts"
import { isLegalStatusChange, type JobStatus } from "../domain/jobStatus.ts"
import type { ProcessingJobChanges } from "../domain/ProcessingJob.ts"
import type { ReviewTaskChanges } from "../domain/ReviewTask.ts"
import { momentAfter } from "../internal/momentAfter.ts"
import { JobRecords, type Json } from "../queue/JobRecords.ts"
import { JobStore } from "../queue/JobStore.ts"
import { IllegalStatusChange } from "../queue/JobStoreError.ts"
import { jobEventOf } from "../queue/jobEventOf.ts"
import { makeJobWriter } from "../queue/makeJobWriter.ts"
import { Outbox } from "../queue/Outbox.ts"
import { outboxTopics } from "../queue/topics.ts"
import { RepositoryError, RowMissing, StaleVersion } from "../repository/RepositoryError.ts"
import { ReviewTasks } from "../repository/ReviewTasks.ts"
import { UnitOfWork } from "../repository/UnitOfWork.ts"
import { draftIssues, finalIssues } from "./draftIssues.ts"
import type { CompletedReview, ReviewQueue } from "./ReviewQueue.ts"
import { DraftInvalid, OwnDocument, ReviewQueueError, TaskClosed, TaskNotHeld, TaskTaken } from "./ReviewQueueError.ts"
import { type ReviewRecord, ReviewRecords } from "./ReviewRecords.ts"
import { reviewCorrections } from "./reviewCorrections.ts"

const defaultLease: Duration.Input = "30 minutes"
/** Tasks that `expire` gives back in one transaction. */
const batch = 100

const isOpen = ({ task: { status } }: ReviewRecord) => status !== "completed" && status !== "cancelled"
const isHeld = ({ leaseExpiresAt, now, task }: ReviewRecord) =>
  task.status === "in_progress" && leaseExpiresAt !== null && leaseExpiresAt > now

/** A queue of reviews over the records of a store. */
export const makeReviewQueue = Effect.gen(function* () {
  const records = yield* ReviewRecords
  const tasks = yield* ReviewTasks
  const jobs = yield* JobRecords
  const jobStore = yield* JobStore
  const audit = yield* AuditLogs
  const outbox = yield* Outbox
  const { transaction } = yield* UnitOfWork
  const { write } = yield* makeJobWriter

  const failed = (taskId: string | null, reason: ReviewQueueError["reason"]) =>
    Effect.fail(new ReviewQueueError({ taskId, reason }))

  /** One transaction about one task. */
  const about = <A, R>(taskId: string | null, work: Effect.Effect<A, ReviewQueueError | RepositoryError, R>) =>
    transaction(work).pipe(Effect.catchTag("RepositoryError", (error) => failed(taskId, error.reason)))

  const lockTask = Effect.fnUntraced(function* (taskId: string) {
    const record = yield* records.lock(taskId)
    if (Option.isSome(record)) return record.value
    return yield* new RepositoryError({ table: "hitl_tasks", reason: new RowMissing({ id: taskId }) })
  })

  const lockOpen = Effect.fnUntraced(function* (taskId: string) {
    const record = yield* lockTask(taskId)
    return isOpen(record) ? record : yield* failed(taskId, new TaskClosed())
  })

  const lockHeld = Effect.fnUntraced(function* (taskId: string, reviewerId: string, ifVersion?: number) {
    const record = yield* lockOpen(taskId)
    if (!isHeld(record) || record.task.assignedTo !== reviewerId)
      return yield* failed(taskId, new TaskNotHeld({ reviewerId }))
    if (ifVersion !== undefined && ifVersion !== record.task.version)
      return yield* failed(taskId, new StaleVersion({ expected: ifVersion }))
    return record
  })

  const log = (action: string, { job, task }: Pick<ReviewRecord, "job" | "task">, changes: Record<string, Json> = {}) =>
    audit.append({ action, resourceType: "review_task", resourceId: task.id, changes: { jobId: job.id, ...changes } })

  const setJob = Effect.fnUntraced(function* (
    { job, task }: ReviewRecord,
    status: JobStatus,
    changes: ProcessingJobChanges = {}
  ) {
    if (job.status === status) return job
    if (!isLegalStatusChange(job.status, status))
      return yield* failed(task.id, new IllegalStatusChange({ from: job.status, to: status }))
    return (yield* write(job, { job: { ...changes, status } })).job
  })

  const take = Effect.fnUntraced(function* (record: ReviewRecord, reviewerId: string, leaseFor: Duration.Input) {
    const { now, task } = record
    const taken = yield* records.update(task.id, {
      task: { status: "in_progress", assignedTo: reviewerId, startedAt: task.startedAt ?? now },
      leaseExpiresAt: momentAfter(now, leaseFor)
    })
    if (isHeld(record)) return taken
    yield* setJob(record, "hitl_in_progress")
    yield* log("review.claimed", record, { reviewerId })
    return taken
  })

  /** Nobody is at work on the task any more; one that was assigned stays so. */
  const giveBack = Effect.fnUntraced(function* (record: ReviewRecord, action: string, changes: ReviewTaskChanges = {}) {
    const stays = record.task.assignedAt !== null
    const given = yield* records.update(record.task.id, {
      task: stays
        ? { status: "assigned", ...changes }
        : { status: "pending", assignedTo: null, startedAt: null, ...changes },
      leaseExpiresAt: null
    })
    yield* setJob(record, "hitl_pending")
    yield* log(action, record, { reviewerId: given.assignedTo })
    return given
  })

  const checkIssues = (taskId: string | null, issues: DraftInvalid["issues"]) =>
    issues.length === 0 ? Effect.void : failed(taskId, new DraftInvalid({ issues }))

  const service: ReviewQueue["Service"] = {
    open: Effect.fn("ReviewQueue.open")(({ draft, jobId, priority }) =>
      about(
        null,
        Effect.gen(function* () {
          if (draft !== null) yield* checkIssues(null, draftIssues(draft))
          const locked = yield* jobs.lock(jobId)
          if (Option.isNone(locked)) return yield* failed(null, new RowMissing({ id: jobId }))
          const { job } = locked.value
          if (job.status !== "hitl_pending")
            return yield* failed(null, new IllegalStatusChange({ from: job.status, to: "hitl_in_progress" }))
          const task = yield* tasks.insert({ jobId, draftData: draft, priority: priority ?? "normal" })
          yield* log("review.opened", { job, task }, { priority: task.priority })
          // The job counts the event as it counts all of its own.
          const { job: counted, now } = yield* jobs.update(jobId, {})
          yield* outbox.publish(outboxTopics.jobEvents, {
            ...jobEventOf(counted, now),
            type: "hitl:required",
            reviewTaskId: task.id,
            priority: task.priority
          })
          return task
        })
      )
    ),

    claim: Effect.fn("ReviewQueue.claim")((taskId, { leaseFor = defaultLease, ownDocuments = false, reviewerId }) =>
      about(
        taskId,
        Effect.gen(function* () {
          const record = yield* lockOpen(taskId)
          const { assignedTo, status } = record.task
          const isKept = isHeld(record) || status === "assigned"
          if (isKept && assignedTo !== reviewerId) return yield* failed(taskId, new TaskTaken({ by: assignedTo }))
          if (!ownDocuments && record.job.userId === reviewerId) return yield* failed(taskId, new OwnDocument())
          return yield* take(record, reviewerId, leaseFor)
        })
      )
    ),

    claimNext: Effect.fn("ReviewQueue.claimNext")(({ leaseFor = defaultLease, ownDocuments = false, reviewerId }) =>
      about(
        null,
        Effect.gen(function* () {
          const record = yield* records.lockNext(reviewerId, ownDocuments)
          if (Option.isNone(record)) return Option.none()
          return Option.some(yield* take(record.value, reviewerId, leaseFor))
        })
      )
    ),

    save: Effect.fn("ReviewQueue.save")((taskId, { draft, ifVersion, leaseFor = defaultLease, reviewerId }) =>
      about(
        taskId,
        Effect.gen(function* () {
          yield* checkIssues(taskId, draftIssues(draft))
          const { now, task } = yield* lockHeld(taskId, reviewerId, ifVersion)
          return yield* records.update(taskId, {
            task: { metadata: { ...task.metadata, draft } },
            leaseExpiresAt: momentAfter(now, leaseFor)
          })
        })
      )
    ),

    complete: Effect.fn("ReviewQueue.complete")((taskId, { final, ifVersion, notes, reviewerId, write: writeAll }) =>
      about(
        taskId,
        Effect.gen(function* () {
          yield* checkIssues(taskId, finalIssues(final))
          const record = yield* lockHeld(taskId, reviewerId, ifVersion)
          const { draft: _, ...metadata } = record.task.metadata
          const timetableId = yield* writeAll({ job: record.job, final })
          const corrections = reviewCorrections(record.task.draftData, final)
          const task = yield* records.update(taskId, {
            task: {
              status: "completed",
              finalData: final,
              reviewNotes: notes ?? null,
              completedAt: record.now,
              metadata: { ...metadata, corrections }
            },
            leaseExpiresAt: null
          })
          const job = yield* setJob(record, "completed", {
            processingTier: "hitl",
            completedAt: record.now,
            ...(timetableId !== null && { timetableId })
          })
          yield* log("review.completed", record, { reviewerId, timetableId })
          return { task, job, final } satisfies CompletedReview
        })
      )
    ),

    release: Effect.fn("ReviewQueue.release")((taskId, reviewerId) =>
      about(
        taskId,
        Effect.flatMap(lockHeld(taskId, reviewerId), (record) => giveBack(record, "review.released"))
      )
    ),

    assign: Effect.fn("ReviewQueue.assign")((taskId, reviewerId) =>
      about(
        taskId,
        Effect.gen(function* () {
          const record = yield* lockOpen(taskId)
          return yield* giveBack(record, "review.assigned", {
            status: reviewerId === null ? "pending" : "assigned",
            assignedTo: reviewerId,
            assignedAt: reviewerId === null ? null : record.now
          })
        })
      )
    ),

    prioritize: Effect.fn("ReviewQueue.prioritize")((taskId, priority) =>
      about(
        taskId,
        Effect.gen(function* () {
          const record = yield* lockOpen(taskId)
          const { leaseExpiresAt, task } = record
          if (task.priority === priority) return task
          yield* log("review.prioritized", record, { from: task.priority, to: priority })
          return yield* records.update(taskId, { task: { priority }, leaseExpiresAt })
        })
      )
    ),

    cancel: Effect.fn("ReviewQueue.cancel")((taskId) =>
      about(
        taskId,
        Effect.gen(function* () {
          const { job } = yield* lockOpen(taskId)
          yield* jobStore.cancel(job.id).pipe(
            Effect.catch(({ reason }) =>
              // It takes no lease.
              reason._tag === "LeaseLost" ? Effect.die(reason) : failed(taskId, reason)
            )
          )
          return yield* tasks.get(taskId)
        })
      )
    ),

    expire: Effect.gen(function* () {
      let expired = 0
      for (;;) {
        const given = yield* about(
          null,
          Effect.flatMap(records.lockExpired(batch), (found) =>
            Effect.forEach(found, (record) => giveBack(record, "review.expired"))
          )
        )
        expired += given.length
        if (given.length < batch) return expired
      }
    }).pipe(Effect.withSpan("ReviewQueue.expire"))
  }
  return service
})
