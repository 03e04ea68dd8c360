/** The samples of docs/jobs.md, where they are compiled and run. */
import type { Extraction, UploadedDocumentInput } from "@timegrid/core"
import { JobStore, Outbox, outboxTopics, WakeUpMessage, WakeUps } from "@timegrid/core/queue"
import { reviewDraftOf, saveExtraction, UnitOfWork } from "@timegrid/core/repository"
import { ReviewQueue } from "@timegrid/core/review"
import { Effect, Option } from "effect"

export const read = (_jobId: string): Effect.Effect<Extraction> => Effect.never

// Asking for a document to be read
export const upload = Effect.fn(function* (document: UploadedDocumentInput, requestKey: string) {
  const jobs = yield* JobStore
  const { job } = yield* jobs.enqueue({ document, idempotencyKey: requestKey })
  return job.id // document, job, message and audit row are there for good
})

// A worker
export const workOnce = Effect.gen(function* () {
  const jobs = yield* JobStore
  const claimed = yield* jobs.claim("classification-queue", { owner: "worker-1", leaseFor: "1 minute" })
  if (Option.isNone(claimed)) return false
  const { job, lease } = claimed.value
  const keepLease = Effect.forever(Effect.andThen(Effect.sleep("20 seconds"), jobs.heartbeat(lease, "1 minute")))

  yield* jobs.transition(lease, { status: "classifying", stage: "classification" })
  // Whichever ends first: the reading, or the lease.
  const extraction = yield* Effect.raceFirst(read(job.id), keepLease)

  const { documentId, userId } = job
  const context = { userId, documentId, jobId: job.id, fileName: "week.pdf", uploadedAt: new Date() }
  const { transaction } = yield* UnitOfWork
  yield* transaction(
    Effect.gen(function* () {
      const saved = yield* saveExtraction(extraction, context)
      const status = saved.needsReview ? "hitl_pending" : "completed"
      yield* jobs.transition(lease, { status, ...saved.job })
      if (!saved.needsReview) return
      const reviews = yield* ReviewQueue
      yield* reviews.open({ jobId: job.id, draft: reviewDraftOf(extraction) })
    })
  )
  return true
})

// What keeps messages flowing
export const wakeWorkers = Effect.gen(function* () {
  const [outbox, wakeUps] = [yield* Outbox, yield* WakeUps]
  return yield* outbox.relay(outboxTopics.wakeUps, (messages) =>
    wakeUps.publish(messages.map(({ payload }) => WakeUpMessage.parse(payload)))
  )
})

export const putRight = Effect.gen(function* () {
  const [jobs, reviews] = [yield* JobStore, yield* ReviewQueue]
  yield* jobs.reconcile() // every few seconds
  yield* reviews.expire // every minute or so
})
