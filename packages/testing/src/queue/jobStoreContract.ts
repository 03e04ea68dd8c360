import { assert, describe, layer, type Vitest } from "@effect/vitest"
import { CurrentActor, system } from "@timegrid/core/audit"
import { JobEvent, JobStore, type JobStoreError, outboxTopics, WakeUpMessage } from "@timegrid/core/queue"
import { ProcessingJobs, type RepositoryError, UnitOfWork, UploadedDocuments } from "@timegrid/core/repository"
import { type Duration, Effect, type Layer, Option } from "effect"
import { documentInput, givenDocument, givenReviewTask, givenUser, unlike } from "../repository/given.ts"
import {
  auditOf,
  claimJob,
  findJob,
  givenClaimed,
  givenEnqueued,
  givenForReview,
  longLease,
  type QueueServices,
  quietly,
  saidOf
} from "./givenJobs.ts"
import { jobStoreModel } from "./jobStoreModel.ts"

/** Fails the test unless the call fails for the reason. */
const assertFails = Effect.fnUntraced(function* <A, R>(
  tag: JobStoreError["reason"]["_tag"],
  call: Effect.Effect<A, JobStoreError | RepositoryError, R>
) {
  const { reason } = yield* quietly(Effect.flip(call))
  assert.strictEqual(reason._tag, tag)
})

type Suite = (it: Vitest.MethodsNonLive<QueueServices>) => void

const enqueueing: Suite = (it) => {
  it.effect("document, job, message and audit row are there when it succeeds", () =>
    Effect.gen(function* () {
      const { id: userId } = yield* givenUser()
      const actor = { userId, ipAddress: "192.0.2.7", userAgent: "curl/8" }
      const { document, isNew, job } = yield* givenEnqueued({ document: documentInput(userId), priority: 3 }).pipe(
        Effect.provideService(CurrentActor, actor)
      )
      assert.isTrue(isNew)
      assert.strictEqual(job.status, "pending")
      assert.deepStrictEqual(yield* UploadedDocuments.use((documents) => documents.get(document.id)), document)
      assert.deepStrictEqual(yield* ProcessingJobs.use((jobs) => jobs.get(job.id)), job)
      const [row, ...others] = yield* auditOf(job.id)
      assert.deepStrictEqual(others, [])
      assert.deepInclude(row, { action: "job.enqueued", resourceType: "job", ...actor })
      const said = yield* saidOf(outboxTopics.wakeUps, job.id)
      const { availableAt } = yield* findJob(job.id)
      assert.deepStrictEqual(
        said.map((each) => WakeUpMessage.parse(each)),
        [{ jobId: job.id, queue: "classification-queue", priority: 3, availableAt }]
      )
    })
  )

  it.effect("nothing is there when it fails", () =>
    Effect.gen(function* () {
      const { document } = yield* givenEnqueued()
      const id = unlike()
      const twice = documentInput(document.userId, { id, s3Key: document.s3Key })
      yield* assertFails("UniqueViolation", givenEnqueued({ document: twice }))
      assert.isTrue(Option.isNone(yield* UploadedDocuments.use((documents) => documents.find(id))))
    })
  )

  it.effect("nothing is there when the transaction around it fails", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const work = Effect.gen(function* () {
        const { job } = yield* givenEnqueued()
        return yield* Effect.fail(job.id)
      })
      const jobId = yield* Effect.flip(transaction(work))
      assert.isTrue(Option.isNone(yield* JobStore.use((jobs) => jobs.find(String(jobId)))))
      assert.deepStrictEqual(yield* saidOf(outboxTopics.wakeUps, String(jobId)), [])
      assert.deepStrictEqual(yield* auditOf(String(jobId)), [])
    })
  )

  it.effect("a document that is there already is not made again, one that is none has no job", () =>
    Effect.gen(function* () {
      const document = yield* givenDocument()
      const enqueued = yield* givenEnqueued({ document: document.id })
      assert.deepStrictEqual(enqueued.document, document)
      yield* assertFails("RowMissing", givenEnqueued({ document: unlike() }))
    })
  )

  it.effect("a document has one job at a time", () =>
    Effect.gen(function* () {
      const { document, job } = yield* givenEnqueued()
      yield* assertFails("UniqueViolation", givenEnqueued({ document: document.id }))
      yield* JobStore.use((jobs) => jobs.cancel(job.id))
      assert.isTrue((yield* givenEnqueued({ document: document.id })).isNew)
    })
  )

  it.effect("a request that is made again has the job that it had, also when it has ended", () =>
    Effect.gen(function* () {
      const idempotencyKey = unlike()
      const { id } = yield* givenUser()
      const first = yield* givenEnqueued({ document: documentInput(id), idempotencyKey })
      yield* JobStore.use((jobs) => jobs.cancel(first.job.id))
      const second = yield* givenEnqueued({ document: documentInput(id), idempotencyKey })
      assert.isFalse(second.isNew)
      assert.strictEqual(second.job.id, first.job.id)
      assert.strictEqual(second.document.id, first.document.id)
    })
  )

  it.effect("of the same request made by many at once one makes the job, and all have it", () =>
    Effect.gen(function* () {
      const idempotencyKey = unlike()
      const { id } = yield* givenUser()
      const document = documentInput(id)
      const requests = Array.from({ length: 8 }, () => givenEnqueued({ document, idempotencyKey }))
      const answers = yield* Effect.all(requests, { concurrency: "unbounded" })
      assert.strictEqual(new Set(answers.map(({ job }) => job.id)).size, 1)
      assert.strictEqual(answers.filter(({ isNew }) => isNew).length, 1)
    })
  )

  it.effect("two users may choose the same key", () =>
    Effect.gen(function* () {
      const idempotencyKey = unlike()
      const [one, other] = [yield* givenEnqueued({ idempotencyKey }), yield* givenEnqueued({ idempotencyKey })]
      assert.isTrue(other.isNew)
      assert.notStrictEqual(one.job.id, other.job.id)
    })
  )
}

const claiming: Suite = (it) => {
  it.effect("a job is had once, with what it needs", () =>
    Effect.gen(function* () {
      const { job } = yield* givenEnqueued()
      const claimed = yield* claimJob(job.id, { owner: "one" })
      assert.strictEqual(claimed.job.id, job.id)
      assert.isNull(claimed.checkpoint)
      assert.isAbove(Date.parse(claimed.lease.expiresAt), Date.parse((yield* findJob(job.id)).now))
      const again = yield* JobStore.use((jobs) =>
        jobs.claim("classification-queue", { owner: "two", leaseFor: longLease, jobId: job.id })
      )
      assert.isTrue(Option.isNone(again))
    })
  )

  it.effect("the greater priority goes first, and of those the job that waits longest", () =>
    Effect.gen(function* () {
      const queue = "notification-queue"
      const jobs = yield* JobStore
      const given: Array<string> = []
      for (const priority of [0, 5, 0, 5, -1]) {
        given.push((yield* givenEnqueued({ queue, priority })).job.id)
        yield* Effect.sleep(2)
      }
      const had: Array<string> = []
      for (;;) {
        const claimed = yield* jobs.claim(queue, { owner: "worker", leaseFor: longLease })
        if (Option.isNone(claimed)) break
        had.push(claimed.value.job.id)
      }
      assert.deepStrictEqual(
        had,
        [1, 3, 0, 2, 4].map((index) => given[index])
      )
    })
  )

  it.effect("of many workers at once none has the job of another, and none goes without", () =>
    Effect.gen(function* () {
      const queue = "preprocessing-queue"
      const given = yield* Effect.forEach(Array.from({ length: 12 }), () => givenEnqueued({ queue }))
      const jobs = yield* JobStore
      const workers = Array.from({ length: 12 }, (_, index) =>
        jobs.claim(queue, { owner: `worker-${index}`, leaseFor: longLease })
      )
      const claimed = yield* Effect.all(workers, { concurrency: "unbounded" })
      assert.deepStrictEqual(
        claimed.map((each) => Option.getOrThrow(each).job.id).toSorted(),
        given.map(({ job }) => job.id).toSorted()
      )
    })
  )

  it.effect("a job that waits in another queue, or for a later moment, is not had", () =>
    Effect.gen(function* () {
      const { lease } = yield* givenClaimed()
      const jobs = yield* JobStore
      yield* jobs.release(lease, { queue: "ocr-queue", delay: "1 hour" })
      const options = { owner: "worker", leaseFor: longLease, jobId: lease.jobId }
      assert.isTrue(Option.isNone(yield* jobs.claim("classification-queue", options)))
      assert.isTrue(Option.isNone(yield* jobs.claim("ocr-queue", options)))
    })
  )

  it.effect("a job whose lease ran out is had by another, who finds the checkpoint and has a greater token", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const first = yield* givenClaimed()
      yield* jobs.checkpoint(first.lease, { page: 3 })
      yield* jobs.heartbeat(first.lease, 0)
      const second = yield* claimJob(first.job.id, { owner: "two" })
      assert.isAbove(second.lease.token, first.lease.token)
      assert.deepStrictEqual(second.checkpoint, { page: 3 })
      assert.strictEqual((yield* findJob(first.job.id)).lostLeases, 1)
    })
  )
}

const writing: Suite = (it) => {
  it.effect("a job goes through its statuses, each with an audit row and an event in order", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      yield* jobs.transition(lease, { status: "classifying", stage: "classification" })
      yield* jobs.transition(lease, { status: "ocr", stage: "ocr", processingTier: "tesseract" })
      yield* jobs.transition(lease, { status: "ocr", confidence: 98.5 })
      yield* jobs.transition(lease, { status: "validating", stage: "interpretation" })
      yield* jobs.transition(lease, { status: "validating", stage: "validation" })
      const done = yield* jobs.transition(lease, { status: "completed", metadata: { pageCount: 2 } })
      assert.deepInclude(done, {
        status: "completed",
        stage: "validation",
        processingTier: "tesseract",
        confidence: 98.5,
        metadata: { pageCount: 2 }
      })
      assert.isNotNull(done.startedAt)
      assert.isNotNull(done.completedAt)
      assert.deepStrictEqual(yield* ProcessingJobs.use((repository) => repository.get(job.id)), done)
      const changes = (yield* auditOf(job.id)).slice(1).map((row) => [row.action, row.changes])
      assert.deepStrictEqual(changes, [
        ["job.status_changed", { from: "pending", to: "classifying", stage: "classification" }],
        ["job.status_changed", { from: "classifying", to: "ocr", stage: "ocr" }],
        ["job.status_changed", { from: "ocr", to: "validating", stage: "interpretation" }],
        ["job.status_changed", { from: "validating", to: "validating", stage: "validation" }],
        ["job.status_changed", { from: "validating", to: "completed", stage: "validation" }]
      ])
      const events = (yield* saidOf(outboxTopics.jobEvents, job.id)).map((event) => JobEvent.parse(event))
      assert.deepStrictEqual(
        events.map(({ status, type }) => `${type} ${status}`),
        [
          "job:status classifying",
          "job:status ocr",
          "job:status validating",
          "job:status validating",
          "job:completed completed"
        ]
      )
      assert.deepStrictEqual(
        events.map(({ seq }) => seq),
        [...new Set(events.map(({ seq }) => seq))].toSorted((one, other) => one - other)
      )
    })
  )

  it.effect("a status that may not follow is refused, and nothing is written", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      yield* jobs.transition(lease, { status: "validating" })
      const before = yield* findJob(job.id)
      yield* assertFails("IllegalStatusChange", jobs.transition(lease, { status: "classifying", stage: "x" }))
      assert.deepStrictEqual((yield* findJob(job.id)).job, before.job)
    })
  )

  it.effect("a message that quotes what no row can hold keeps no job from failing", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { lease } = yield* givenClaimed()
      const errorMessage = "The page says \0 and \ud800."
      const failed = yield* jobs.transition(lease, { status: "failed", errorCode: "refused", errorMessage })
      assert.strictEqual(failed.errorMessage, "The page says \ufffd and \ufffd.")
    })
  )

  it.effect("a change that no row can hold is refused, and nothing is written", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      yield* assertFails("RowInvalid", jobs.transition(lease, { status: "ocr", stage: "a\0b" }))
      assert.strictEqual((yield* findJob(job.id)).job.status, "pending")
    })
  )

  it.effect("what comes after its lease ran out is refused, whoever has the job now", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      yield* jobs.transition(lease, { status: "ocr" })
      yield* jobs.heartbeat(lease, 0)
      const late = [
        jobs.heartbeat(lease, longLease),
        jobs.checkpoint(lease, "late"),
        jobs.transition(lease, { status: "completed" }),
        jobs.release(lease, { queue: "llm-queue" })
      ]
      for (const write of late) yield* assertFails("LeaseLost", write)
      const next = yield* claimJob(job.id, { owner: "two" })
      for (const write of late) yield* assertFails("LeaseLost", write)
      yield* jobs.transition(next.lease, { status: "completed" })
      for (const write of late) yield* assertFails("LeaseLost", write)
      const { checkpoint, job: found } = yield* findJob(job.id)
      assert.deepStrictEqual([found.status, checkpoint], ["completed", null])
    })
  )

  it.effect("a heartbeat keeps the job", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job } = yield* givenEnqueued()
      const { lease } = yield* claimJob(job.id, { leaseFor: "1 minute" })
      const longer = yield* jobs.heartbeat(lease, "1 hour")
      assert.strictEqual(longer.token, lease.token)
      assert.isAbove(Date.parse(longer.expiresAt) - Date.parse(lease.expiresAt), 50 * 60_000)
      yield* jobs.transition(longer, { status: "ocr" })
    })
  )

  it.effect("a job that is released waits in the next queue, and a worker is woken", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      yield* saidOf(outboxTopics.wakeUps, job.id)
      yield* jobs.release(lease, { queue: "llm-queue" })
      const said = yield* saidOf(outboxTopics.wakeUps, job.id)
      assert.deepStrictEqual(
        said.map(({ queue }) => queue),
        ["llm-queue"]
      )
      yield* assertFails("LeaseLost", jobs.checkpoint(lease, 1))
      const next = yield* claimJob(job.id, { queue: "llm-queue" })
      assert.isAbove(next.lease.token, lease.token)
      assert.strictEqual((yield* findJob(job.id)).lostLeases, 0)
    })
  )

  it.effect("what a worker writes is part of the transaction around it", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { transaction } = yield* UnitOfWork
      const { job, lease } = yield* givenClaimed()
      yield* Effect.flip(transaction(Effect.andThen(jobs.transition(lease, { status: "ocr" }), Effect.fail("undone"))))
      assert.strictEqual((yield* findJob(job.id)).job.status, "pending")
      yield* transaction(jobs.transition(lease, { status: "ocr" }))
      assert.strictEqual((yield* findJob(job.id)).job.status, "ocr")
    })
  )

  it.effect("a job that is none is missing", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const lease = { jobId: unlike(), token: 1, owner: "worker", expiresAt: "2031-01-01T00:00:00.000Z" }
      yield* assertFails("RowMissing", jobs.checkpoint(lease, null))
      yield* assertFails("RowMissing", jobs.cancel(lease.jobId))
      assert.isTrue(Option.isNone(yield* jobs.find(lease.jobId)))
    })
  )
}

const ending: Suite = (it) => {
  it.effect("a job that has failed is tried again, with one retry more and its checkpoint", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      yield* jobs.checkpoint(lease, { run: "r1" })
      yield* jobs.transition(lease, { status: "failed", errorCode: "unavailable", errorMessage: "Try later." })
      const again = yield* jobs.retry(job.id, { queue: "ocr-queue" })
      assert.deepInclude(again, {
        status: "pending",
        retryCount: 1,
        errorCode: null,
        errorMessage: null,
        completedAt: null
      })
      assert.deepStrictEqual((yield* claimJob(job.id, { queue: "ocr-queue" })).checkpoint, { run: "r1" })
      const actions = (yield* auditOf(job.id)).map(({ action }) => action)
      assert.deepStrictEqual(actions, ["job.enqueued", "job.status_changed", "job.retried"])
    })
  )

  it.effect("whoever tries a job again may say what its worker is to find", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      yield* jobs.checkpoint(lease, { run: "r1" })
      yield* jobs.transition(lease, { status: "failed", errorCode: "unavailable", errorMessage: "Try later." })
      yield* jobs.retry(job.id, { checkpoint: { from: "ocr" } })
      assert.deepStrictEqual((yield* claimJob(job.id)).checkpoint, { from: "ocr" })
    })
  )

  it.effect("a completed job is final", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      yield* jobs.transition(lease, { status: "ocr" })
      yield* jobs.transition(lease, { status: "completed" })
      yield* assertFails("IllegalStatusChange", jobs.retry(job.id))
      yield* assertFails("IllegalStatusChange", jobs.cancel(job.id))
    })
  )

  it.effect("whoever works on a job that is cancelled loses it", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      const cancelled = yield* jobs.cancel(job.id)
      assert.deepInclude(cancelled, { status: "failed", errorCode: "cancelled" })
      assert.isNotNull(cancelled.completedAt)
      yield* assertFails("LeaseLost", jobs.transition(lease, { status: "completed" }))
      const events = (yield* saidOf(outboxTopics.jobEvents, job.id)).map(({ errorCode, type }) => [type, errorCode])
      assert.deepStrictEqual(events, [["job:failed", "cancelled"]])
    })
  )

  it.effect("with a job its open review is cancelled", () =>
    Effect.gen(function* () {
      const job = yield* givenForReview()
      const task = yield* givenReviewTask({ jobId: job.id })
      yield* JobStore.use((jobs) => jobs.cancel(job.id))
      assert.deepStrictEqual(
        (yield* auditOf(task.id)).map(({ action }) => action),
        ["review.cancelled"]
      )
    })
  )

  it.effect("an audit row of what no person did names none", () =>
    Effect.gen(function* () {
      const { job, lease } = yield* givenClaimed()
      yield* JobStore.use((jobs) => jobs.transition(lease, { status: "ocr" }))
      for (const row of yield* auditOf(job.id)) assert.deepInclude(row, system)
    })
  )
}

const reconciling: Suite = (it) => {
  const reconcile = (unheardFor: Duration.Input = longLease) => JobStore.use((jobs) => jobs.reconcile({ unheardFor }))

  it.effect("a job whose worker fell silent waits again, and a worker is woken", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      yield* saidOf(outboxTopics.wakeUps, job.id)
      yield* jobs.heartbeat(lease, 0)
      assert.isAtLeast((yield* reconcile()).expired, 1)
      const { hold, lostLeases } = yield* findJob(job.id)
      assert.deepStrictEqual([hold, lostLeases], [null, 1])
      assert.strictEqual((yield* saidOf(outboxTopics.wakeUps, job.id)).length, 1)
      yield* assertFails("LeaseLost", jobs.transition(lease, { status: "completed" }))
    })
  )

  it.effect("a job that its workers fall silent over is given up", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job } = yield* givenEnqueued()
      for (let loss = 0; loss < 3; loss++) {
        const { lease } = yield* claimJob(job.id)
        yield* jobs.heartbeat(lease, 0)
        if (loss === 0) yield* reconcile()
      }
      const options = { owner: "worker", leaseFor: longLease, jobId: job.id }
      assert.isTrue(Option.isNone(yield* jobs.claim("classification-queue", options)))
      assert.isAtLeast((yield* reconcile()).givenUp, 1)
      const { job: found, lostLeases, queue } = yield* findJob(job.id)
      assert.deepStrictEqual([found.status, found.errorCode, lostLeases, queue], ["failed", "worker_lost", 3, null])
      assert.strictEqual((yield* auditOf(job.id)).at(-1)?.action, "job.given_up")
      assert.strictEqual((yield* jobs.retry(job.id)).retryCount, 1)
      assert.strictEqual((yield* findJob(job.id)).lostLeases, 0)
    })
  )

  it.effect("a job that waits unheard is spoken of again, once for each time that it has waited so long", () =>
    Effect.gen(function* () {
      const { job } = yield* givenEnqueued()
      yield* saidOf(outboxTopics.wakeUps, job.id)
      yield* Effect.sleep(20)
      assert.isAtLeast((yield* reconcile("10 millis")).republished, 1)
      assert.strictEqual((yield* saidOf(outboxTopics.wakeUps, job.id)).length, 1)
      yield* reconcile()
      assert.strictEqual((yield* saidOf(outboxTopics.wakeUps, job.id)).length, 0)
    })
  )

  it.effect("jobs that are held, or wait for a later moment, are left alone", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const held = yield* givenClaimed()
      const delayed = yield* givenClaimed()
      yield* jobs.release(delayed.lease, { queue: "ocr-queue", delay: "1 hour" })
      for (const { job } of [held, delayed]) yield* saidOf(outboxTopics.wakeUps, job.id)
      yield* Effect.sleep(20)
      yield* reconcile("10 millis")
      assert.deepStrictEqual(yield* saidOf(outboxTopics.wakeUps, held.job.id), [])
      yield* jobs.transition(held.lease, { status: "ocr" })
      assert.strictEqual((yield* findJob(delayed.job.id)).lostLeases, 0)
    })
  )

  it.effect("several at once count each lost lease once", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job, lease } = yield* givenClaimed()
      yield* jobs.heartbeat(lease, 0)
      yield* Effect.all([reconcile(), reconcile(), reconcile()], { concurrency: "unbounded" })
      assert.strictEqual((yield* findJob(job.id)).lostLeases, 1)
    })
  )
}

/**
 * The promises that every store of jobs keeps, on a store that is empty at the start and nobody else's. Needs `vitest`,
 * `@effect/vitest` and `fast-check`.
 *
 * @example
 * jobStoreContract("memory", MemoryJobs.layer)
 */
export const jobStoreContract = <E>(name: string, store: Layer.Layer<QueueServices, E>): void => {
  layer(store, { excludeTestServices: true })(`JobStore contract: ${name}`, (it) => {
    describe("enqueue", () => enqueueing(it))
    describe("claim", () => claiming(it))
    describe("writes of a worker", () => writing(it))
    describe("retry and cancel", () => ending(it))
    describe("reconcile", () => reconciling(it))
    describe("any order of things", () => jobStoreModel(it))
  })
}
