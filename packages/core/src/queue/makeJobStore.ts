import { Duration, Effect, Option } from "effect"
import { AuditLogs } from "../audit/AuditLogs.ts"
import { isLegalStatusChange, type JobStatus } from "../domain/jobStatus.ts"
import type { QueueName } from "../domain/redis/queues.ts"
import { storableText } from "../domain/text.ts"
import { momentAfter } from "../internal/momentAfter.ts"
import { RepositoryError, RowMissing } from "../repository/RepositoryError.ts"
import { ReviewTasks } from "../repository/ReviewTasks.ts"
import { UnitOfWork } from "../repository/UnitOfWork.ts"
import { UploadedDocuments } from "../repository/UploadedDocuments.ts"
import { type JobRecord, JobRecords } from "./JobRecords.ts"
import type { JobRequest, JobStore, JobStoreOptions, Lease } from "./JobStore.ts"
import { IllegalStatusChange, JobStoreError, LeaseLost } from "./JobStoreError.ts"
import { makeJobWriter } from "./makeJobWriter.ts"

const firstQueue: QueueName = "classification-queue"
/** Jobs that `reconcile` puts right in one transaction. */
const batch = 100

const needsNoWorker = (status: JobStatus) => status === "completed" || status === "failed" || status === "hitl_pending"
const hasEnded = (status: JobStatus) => status === "completed" || status === "failed"

/** A store of jobs over the records of a store. */
export const makeJobStore = Effect.fnUntraced(function* ({ maxLostLeases = 3 }: JobStoreOptions) {
  const records = yield* JobRecords
  const documents = yield* UploadedDocuments
  const reviews = yield* ReviewTasks
  const audit = yield* AuditLogs
  const { wake, write } = yield* makeJobWriter
  const { transaction } = yield* UnitOfWork

  const existing = (jobId: string, found: Effect.Effect<Option.Option<JobRecord>, RepositoryError>) =>
    Effect.flatMap(
      found,
      Option.match({
        onNone: () =>
          Effect.fail(new RepositoryError({ table: "processing_jobs", reason: new RowMissing({ id: jobId }) })),
        onSome: Effect.succeed
      })
    )
  const lockJob = (jobId: string) => existing(jobId, records.lock(jobId))

  const leaseLost = Effect.fnUntraced(function* ({ jobId, token }: Lease, { token: tokenNow }: JobRecord) {
    yield* Effect.logWarning("A write came after its lease was lost, and was refused.").pipe(
      Effect.annotateLogs({ jobId, token, tokenNow })
    )
    return yield* new JobStoreError({ jobId, reason: new LeaseLost({ token }) })
  })

  const lockHeld = Effect.fnUntraced(function* (lease: Lease) {
    const record = yield* lockJob(lease.jobId)
    const { hold, now, token } = record
    const isHeld = token === lease.token && hold !== null && hold.expiresAt > now
    return isHeld ? record : yield* leaseLost(lease, record)
  })

  const writeHeld = Effect.fnUntraced(function* (lease: Lease, changes: Parameters<typeof records.updateHeld>[2]) {
    const { jobId, token } = lease
    const written = yield* storeCall(jobId, records.updateHeld(jobId, token, changes))
    if (Option.isSome(written)) return written.value
    return yield* leaseLost(lease, yield* storeCall(jobId, existing(jobId, records.find(jobId))))
  })

  const checkChange = ({ job }: JobRecord, status: JobStatus) =>
    status === job.status || isLegalStatusChange(job.status, status)
      ? Effect.void
      : Effect.fail(
          new JobStoreError({ jobId: job.id, reason: new IllegalStatusChange({ from: job.status, to: status }) })
        )

  /** One transaction about one job. */
  const about = <A, R>(jobId: string | null, work: Effect.Effect<A, JobStoreError | RepositoryError, R>) =>
    transaction(work).pipe(Effect.catchTag("RepositoryError", storeFailed(jobId)))

  const insertRequest = Effect.fnUntraced(function* ({ document, idempotencyKey, priority, queue }: JobRequest) {
    const stored = typeof document === "string" ? yield* documents.get(document) : yield* documents.insert(document)
    const record = yield* records.insert(
      { documentId: stored.id, userId: stored.userId },
      { queue: queue ?? firstQueue, priority: priority ?? 0, idempotencyKey: idempotencyKey ?? null }
    )
    yield* audit.append({
      action: "job.enqueued",
      resourceType: "job",
      resourceId: record.job.id,
      changes: { documentId: stored.id, queue: record.queue }
    })
    yield* wake(record)
    return { job: record.job, document: stored, isNew: true }
  })

  const findRequest = Effect.fnUntraced(function* ({ document, idempotencyKey }: JobRequest) {
    if (idempotencyKey === undefined) return Option.none()
    const userId = typeof document === "string" ? (yield* documents.get(document)).userId : document.userId
    const record = yield* records.findByKey(userId, idempotencyKey)
    if (Option.isNone(record)) return Option.none()
    const { job } = record.value
    return Option.some({ job, document: yield* documents.get(job.documentId), isNew: false })
  })

  const expire = Effect.fnUntraced(function* (record: JobRecord) {
    const lostLeases = record.lostLeases + 1
    if (lostLeases < maxLostLeases) {
      const changes = { hold: null, lostLeases, availableAt: record.now, wokenAt: record.now }
      yield* wake(yield* records.update(record.job.id, changes))
      return false
    }
    const job = {
      status: "failed" as const,
      errorCode: "worker_lost",
      errorMessage: `${lostLeases} workers fell silent over this job.`,
      completedAt: record.now
    }
    yield* write(record.job, { job, hold: null, lostLeases, queue: null }, "job.given_up")
    return true
  })

  /** Batch after batch until there is no more; the number of each outcome. */
  const inBatches = Effect.fnUntraced(function* <A>(
    lock: Effect.Effect<ReadonlyArray<JobRecord>, RepositoryError>,
    each: (record: JobRecord) => Effect.Effect<A, RepositoryError>
  ) {
    const outcomes: Array<A> = []
    for (;;) {
      const done = yield* about(null, Effect.flatMap(lock, Effect.forEach(each)))
      outcomes.push(...done)
      if (done.length < batch) return outcomes
    }
  })

  const service: JobStore["Service"] = {
    enqueue: Effect.fn("JobStore.enqueue")(function* (request) {
      const heard = yield* storeCall(null, findRequest(request))
      if (Option.isSome(heard)) return heard.value
      return yield* about(null, insertRequest(request)).pipe(
        // The same request may have been heard in the meantime: then that is the answer, whatever stood in the way here.
        Effect.catch((error) =>
          error.reason._tag !== "UniqueViolation"
            ? Effect.fail(error)
            : Effect.flatMap(
                storeCall(null, findRequest(request)),
                Option.match({ onNone: () => Effect.fail(error), onSome: Effect.succeed })
              )
        )
      )
    }),

    claim: Effect.fn("JobStore.claim")(function* (queue, { jobId, leaseFor, owner }) {
      const claim = { jobId, owner, leaseFor: Duration.fromInputUnsafe(leaseFor), maxLostLeases }
      const record = yield* storeCall(jobId ?? null, records.claim(queue, claim))
      return Option.map(record, (claimed) => ({
        // A job that was claimed just now is held.
        lease: leaseOf(claimed)!,
        job: claimed.job,
        queue,
        checkpoint: claimed.checkpoint
      }))
    }),

    heartbeat: Effect.fn("JobStore.heartbeat")(function* (lease, leaseFor) {
      const { hold } = yield* writeHeld(lease, { leaseFor: Duration.fromInputUnsafe(leaseFor) })
      // What was written just now is held.
      return { ...lease, expiresAt: hold?.expiresAt ?? lease.expiresAt }
    }),

    checkpoint: Effect.fn("JobStore.checkpoint")((lease, checkpoint) =>
      Effect.asVoid(writeHeld(lease, { checkpoint }))
    ),

    transition: Effect.fn("JobStore.transition")((lease, change) =>
      about(
        lease.jobId,
        Effect.gen(function* () {
          const before = yield* lockHeld(lease)
          yield* checkChange(before, change.status)
          const { errorMessage } = change
          const job = {
            ...change,
            // It may quote a page or an engine; that must not keep a job from failing.
            ...(typeof errorMessage === "string" && { errorMessage: storableText(errorMessage) }),
            ...(before.job.startedAt === null && { startedAt: before.now }),
            ...(hasEnded(change.status) && { completedAt: before.now })
          }
          const ended = needsNoWorker(change.status) && { hold: null, queue: null }
          return (yield* write(before.job, { job, ...ended })).job
        })
      )
    ),

    release: Effect.fn("JobStore.release")((lease, { delay = 0, queue }) =>
      about(
        lease.jobId,
        Effect.gen(function* () {
          const { now } = yield* lockHeld(lease)
          const changes = { hold: null, queue, availableAt: momentAfter(now, delay), wokenAt: now }
          yield* wake(yield* records.update(lease.jobId, changes))
        })
      )
    ),

    retry: Effect.fn("JobStore.retry")((jobId, { checkpoint, delay = 0, queue = firstQueue } = {}) =>
      about(
        jobId,
        Effect.gen(function* () {
          const before = yield* lockJob(jobId)
          yield* checkChange(before, "pending")
          if (before.job.status === "pending") return before.job
          const job = {
            status: "pending" as const,
            retryCount: before.job.retryCount + 1,
            errorCode: null,
            errorMessage: null,
            completedAt: null
          }
          const { now } = before
          const waits = { queue, availableAt: momentAfter(now, delay), wokenAt: now, lostLeases: 0 }
          const found = checkpoint === undefined ? {} : { checkpoint }
          const after = yield* write(before.job, { job, ...waits, ...found }, "job.retried")
          yield* wake(after)
          return after.job
        })
      )
    ),

    cancel: Effect.fn("JobStore.cancel")((jobId) =>
      about(
        jobId,
        Effect.gen(function* () {
          const before = yield* lockJob(jobId)
          if (hasEnded(before.job.status))
            return yield* new JobStoreError({
              jobId,
              reason: new IllegalStatusChange({ from: before.job.status, to: "failed" })
            })
          const open = yield* reviews.list({ filter: { jobId, statuses: ["pending", "assigned", "in_progress"] } })
          for (const task of open.items) {
            yield* reviews.update(task.id, { status: "cancelled", completedAt: before.now })
            yield* audit.append({ action: "review.cancelled", resourceType: "review_task", resourceId: task.id })
          }
          const job = {
            status: "failed" as const,
            errorCode: "cancelled",
            errorMessage: "The job was cancelled.",
            completedAt: before.now
          }
          // The next token shuts out whoever works on it.
          const ended = { hold: null, queue: null, token: before.token + 1 }
          return (yield* write(before.job, { job, ...ended }, "job.cancelled")).job
        })
      )
    ),

    find: Effect.fn("JobStore.find")((jobId) => storeCall(jobId, records.find(jobId))),

    reconcile: Effect.fn("JobStore.reconcile")(function* ({ unheardFor = "1 minute" } = {}) {
      const givenUp = yield* inBatches(records.lockExpired(batch), expire)
      const since = Duration.fromInputUnsafe(unheardFor)
      const republished = yield* inBatches(records.lockUnheard(batch, since), (record) =>
        Effect.andThen(records.update(record.job.id, { wokenAt: record.now }), wake(record))
      )
      return {
        expired: givenUp.filter((isGivenUp) => !isGivenUp).length,
        givenUp: givenUp.filter((isGivenUp) => isGivenUp).length,
        republished: republished.length
      }
    })
  }
  return service
})

const storeFailed = (jobId: string | null) => (error: RepositoryError) =>
  Effect.fail(new JobStoreError({ jobId, reason: error.reason }))

const storeCall = <A, R>(jobId: string | null, call: Effect.Effect<A, RepositoryError, R>) =>
  Effect.catchTag(call, "RepositoryError", storeFailed(jobId))

const leaseOf = ({ hold, job, token }: JobRecord): Lease | null =>
  hold === null ? null : { jobId: job.id, token, ...hold }
