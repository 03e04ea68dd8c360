import { assert, describe, layer, type Vitest } from "@effect/vitest"
import type { ReviewDraft } from "@timegrid/core"
import { CurrentActor } from "@timegrid/core/audit"
import { JobEvent, JobStore, outboxTopics } from "@timegrid/core/queue"
import { type RepositoryError, ReviewTasks, Timetables, UnitOfWork } from "@timegrid/core/repository"
import { ReviewCorrections, ReviewQueue, type ReviewQueueError } from "@timegrid/core/review"
import { Effect, type Layer, Option } from "effect"
import {
  auditOf,
  findJob,
  givenClaimed,
  givenEnqueued,
  givenForReview,
  longLease,
  type QueueServices,
  quietly,
  saidOf
} from "../queue/givenJobs.ts"
import { givenUser, timetableInput, unlike } from "../repository/given.ts"

const assertFails = Effect.fnUntraced(function* <A, R>(
  tag: ReviewQueueError["reason"]["_tag"],
  call: Effect.Effect<A, ReviewQueueError | RepositoryError, R>
) {
  const { reason } = yield* quietly(Effect.flip(call))
  assert.strictEqual(reason._tag, tag)
})

const block = (name: string, dayOfWeek: "Monday" | "Tuesday" = "Monday", startTime: string | null = "09:00") => ({
  name,
  dayOfWeek,
  startTime,
  endTime: "10:00",
  notes: null
})

const read: ReviewDraft = { timeblocks: [block("Maths"), block("Engl1sh", "Tuesday"), block("Page 1", "Monday", null)] }
const put: ReviewDraft = { timeblocks: [block("Maths"), block("English", "Tuesday"), block("Art", "Tuesday", "11:00")] }

/** A task of a job of its own; nothing of other tests is open before or after, as far as priorities go. */
const givenOpened = Effect.fnUntraced(function* (request: { priority?: "low" | "normal" | "high" | "urgent" } = {}) {
  const job = yield* givenForReview()
  const task = yield* ReviewQueue.use((reviews) => reviews.open({ jobId: job.id, draft: read, ...request }))
  return { job, task }
})

const givenReviewer = () => Effect.map(givenUser({ role: "reviewer" }), ({ id }) => id)

const writeNothing = () => Effect.succeed(null)

/** Takes away all tasks that could be taken. */
const emptyQueue = Effect.gen(function* () {
  const reviews = yield* ReviewQueue
  const reviewerId = yield* givenReviewer()
  for (;;) {
    const task = yield* reviews.claimNext({ reviewerId, leaseFor: longLease })
    if (Option.isNone(task)) return
    yield* reviews.cancel(task.value.id)
  }
})

type Suite = (it: Vitest.MethodsNonLive<QueueServices>) => void

const opening: Suite = (it) => {
  it.effect("a review is asked for, logged and told of, with what the machine has read", () =>
    Effect.gen(function* () {
      const { job, task } = yield* givenOpened({ priority: "high" })
      assert.deepInclude(task, {
        jobId: job.id,
        status: "pending",
        priority: "high",
        assignedTo: null,
        draftData: read
      })
      assert.deepStrictEqual(yield* ReviewTasks.use((tasks) => tasks.get(task.id)), task)
      assert.deepStrictEqual(
        (yield* auditOf(task.id)).map(({ action }) => action),
        ["review.opened"]
      )
      const events = (yield* saidOf(outboxTopics.jobEvents, job.id)).map((event) => JobEvent.parse(event))
      assert.deepInclude(events.at(-1), { type: "hitl:required", reviewTaskId: task.id, priority: "high" })
      const seqs = events.map(({ seq }) => seq)
      assert.strictEqual(new Set(seqs).size, seqs.length)
    })
  )

  it.effect("a job has one open review at a time, and none before it waits for a person", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const { job } = yield* givenOpened()
      yield* assertFails("UniqueViolation", reviews.open({ jobId: job.id, draft: null }))
      const { job: other } = yield* givenEnqueued()
      yield* assertFails("IllegalStatusChange", reviews.open({ jobId: other.id, draft: null }))
      yield* assertFails("RowMissing", reviews.open({ jobId: unlike(), draft: null }))
    })
  )

  it.effect("a worker hands its job to people in one transaction", () =>
    Effect.gen(function* () {
      const [reviews, jobs] = [yield* ReviewQueue, yield* JobStore]
      const { transaction } = yield* UnitOfWork
      const { job, lease } = yield* givenClaimed()
      yield* jobs.transition(lease, { status: "validating", stage: "validation" })
      const hand = Effect.andThen(
        jobs.transition(lease, { status: "hitl_pending", stage: "review" }),
        reviews.open({ jobId: job.id, draft: read })
      )
      assert.strictEqual(yield* Effect.flip(transaction(Effect.andThen(hand, Effect.fail("undone")))), "undone")
      assert.strictEqual((yield* findJob(job.id)).job.status, "validating")
      const task = yield* transaction(hand)
      assert.strictEqual((yield* findJob(job.id)).job.status, "hitl_pending")
      assert.strictEqual(task.status, "pending")
    })
  )
}

const taking: Suite = (it) => {
  it.effect("the most urgent goes first, and of those the oldest", () =>
    Effect.gen(function* () {
      yield* emptyQueue
      const reviews = yield* ReviewQueue
      const reviewerId = yield* givenReviewer()
      const opened: Array<string> = []
      for (const priority of ["low", "normal", "urgent", "high", "normal"] as const) {
        opened.push((yield* givenOpened({ priority })).task.id)
        yield* Effect.sleep(2)
      }
      const had: Array<string> = []
      for (;;) {
        const task = yield* reviews.claimNext({ reviewerId })
        if (Option.isNone(task)) break
        had.push(task.value.id)
      }
      assert.deepStrictEqual(
        had,
        [2, 3, 1, 4, 0].map((index) => opened[index])
      )
    })
  )

  it.effect("whoever takes a task has it alone, and the job says that someone is at it", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const [one, other] = [yield* givenReviewer(), yield* givenReviewer()]
      const { job, task } = yield* givenOpened()
      const actor = { userId: one, ipAddress: "192.0.2.9", userAgent: null }
      const taken = yield* reviews.claim(task.id, { reviewerId: one }).pipe(Effect.provideService(CurrentActor, actor))
      assert.deepInclude(taken, { status: "in_progress", assignedTo: one })
      assert.isNotNull(taken.startedAt)
      assert.strictEqual((yield* findJob(job.id)).job.status, "hitl_in_progress")
      yield* assertFails("TaskTaken", reviews.claim(task.id, { reviewerId: other }))
      assert.deepInclude((yield* auditOf(task.id)).at(-1), { action: "review.claimed", ...actor })
      yield* reviews.claim(task.id, { reviewerId: one })
      assert.strictEqual((yield* auditOf(task.id)).length, 2)
    })
  )

  it.effect("of many reviewers at once none has the task of another", () =>
    Effect.gen(function* () {
      yield* emptyQueue
      const reviews = yield* ReviewQueue
      const opened = yield* Effect.forEach([1, 2, 3, 4], () => givenOpened())
      const reviewers = yield* Effect.forEach([1, 2, 3, 4], givenReviewer)
      const taken = yield* Effect.forEach(reviewers, (reviewerId) => reviews.claimNext({ reviewerId }), {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(
        taken.map((task) => Option.getOrThrow(task).id).toSorted(),
        opened.map(({ task }) => task.id).toSorted()
      )
    })
  )

  it.effect("nobody reviews their own document, unless that is asked for", () =>
    Effect.gen(function* () {
      yield* emptyQueue
      const reviews = yield* ReviewQueue
      const { job, task } = yield* givenOpened()
      yield* assertFails("OwnDocument", reviews.claim(task.id, { reviewerId: job.userId }))
      assert.isTrue(Option.isNone(yield* reviews.claimNext({ reviewerId: job.userId })))
      const own = yield* reviews.claimNext({ reviewerId: job.userId, ownDocuments: true })
      assert.strictEqual(Option.getOrThrow(own).id, task.id)
    })
  )

  it.effect("a task that is assigned is for one reviewer, until it is for anyone", () =>
    Effect.gen(function* () {
      yield* emptyQueue
      const reviews = yield* ReviewQueue
      const [one, other] = [yield* givenReviewer(), yield* givenReviewer()]
      const { task } = yield* givenOpened()
      const assigned = yield* reviews.assign(task.id, one)
      assert.deepInclude(assigned, { status: "assigned", assignedTo: one })
      assert.isNotNull(assigned.assignedAt)
      yield* assertFails("TaskTaken", reviews.claim(task.id, { reviewerId: other }))
      assert.isTrue(Option.isNone(yield* reviews.claimNext({ reviewerId: other })))
      assert.isTrue(Option.isSome(yield* reviews.claimNext({ reviewerId: one })))
      assert.deepInclude(yield* reviews.release(task.id, one), { status: "assigned", assignedTo: one })
      assert.deepInclude(yield* reviews.assign(task.id, null), { status: "pending", assignedTo: null })
      assert.isTrue(Option.isSome(yield* reviews.claimNext({ reviewerId: other })))
    })
  )

  it.effect("a task that is made urgent goes before older ones, and stays with whoever has it", () =>
    Effect.gen(function* () {
      yield* emptyQueue
      const reviews = yield* ReviewQueue
      const reviewerId = yield* givenReviewer()
      const { task: older } = yield* givenOpened()
      const { task } = yield* givenOpened()
      assert.deepInclude(yield* reviews.prioritize(task.id, "urgent"), { priority: "urgent", status: "pending" })
      const taken = yield* reviews.claimNext({ reviewerId })
      assert.strictEqual(Option.getOrThrow(taken).id, task.id)
      assert.deepInclude(yield* reviews.prioritize(task.id, "low"), { status: "in_progress", assignedTo: reviewerId })
      yield* reviews.save(task.id, { reviewerId, draft: put })
      yield* reviews.cancel(older.id)
      yield* assertFails("TaskClosed", reviews.prioritize(older.id, "high"))
    })
  )

  it.effect("a task can be taken out of the hands of its reviewer", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const [one, other] = [yield* givenReviewer(), yield* givenReviewer()]
      const { job, task } = yield* givenOpened()
      yield* reviews.claim(task.id, { reviewerId: one })
      yield* reviews.assign(task.id, other)
      assert.strictEqual((yield* findJob(job.id)).job.status, "hitl_pending")
      yield* assertFails("TaskNotHeld", reviews.save(task.id, { reviewerId: one, draft: put }))
      yield* reviews.claim(task.id, { reviewerId: other })
    })
  )
}

const working: Suite = (it) => {
  it.effect("work in progress is kept apart from what the machine has read", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const reviewerId = yield* givenReviewer()
      const { task } = yield* givenOpened()
      yield* reviews.claim(task.id, { reviewerId })
      const saved = yield* reviews.save(task.id, { reviewerId, draft: put })
      assert.deepStrictEqual(saved.draftData, read)
      assert.deepStrictEqual(saved.metadata.draft, put)
      yield* assertFails("StaleVersion", reviews.save(task.id, { reviewerId, draft: read, ifVersion: task.version }))
      yield* reviews.save(task.id, { reviewerId, draft: read, ifVersion: saved.version })
    })
  )

  it.effect("a draft that breaks its schema is refused at its place", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const reviewerId = yield* givenReviewer()
      const { task } = yield* givenOpened()
      yield* reviews.claim(task.id, { reviewerId })
      const draft = { timeblocks: [block("Maths"), { ...block("Art"), startTime: "9 o'clock" }] }
      const { reason } = yield* Effect.flip(reviews.save(task.id, { reviewerId, draft }))
      assert.deepStrictEqual(
        reason._tag === "DraftInvalid" ? reason.issues.map(({ pointer }) => pointer) : reason._tag,
        ["/timeblocks/1/startTime"]
      )
    })
  )

  it.effect("whoever gives a task back leaves it to the next, with the draft", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const [one, other] = [yield* givenReviewer(), yield* givenReviewer()]
      const { job, task } = yield* givenOpened()
      yield* reviews.claim(task.id, { reviewerId: one })
      yield* reviews.save(task.id, { reviewerId: one, draft: put })
      yield* assertFails("TaskNotHeld", reviews.release(task.id, other))
      assert.deepInclude(yield* reviews.release(task.id, one), { status: "pending", assignedTo: null })
      assert.strictEqual((yield* findJob(job.id)).job.status, "hitl_pending")
      assert.deepStrictEqual((yield* reviews.claim(task.id, { reviewerId: other })).metadata.draft, put)
    })
  )

  it.effect("a lease that ran out is nobody's: late work is refused, and the task waits again", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const [one, other] = [yield* givenReviewer(), yield* givenReviewer()]
      const { job, task } = yield* givenOpened()
      yield* reviews.claim(task.id, { reviewerId: one, leaseFor: 0 })
      const late = reviews.complete(task.id, { reviewerId: one, final: put, write: writeNothing })
      yield* assertFails("TaskNotHeld", late)
      assert.isAtLeast(yield* reviews.expire, 1)
      const waiting = yield* ReviewTasks.use((tasks) => tasks.get(task.id))
      assert.deepInclude(waiting, { status: "pending", assignedTo: null })
      assert.strictEqual((yield* findJob(job.id)).job.status, "hitl_pending")
      yield* reviews.claim(task.id, { reviewerId: other, leaseFor: 0 })
      // Nobody need wait for the sweep.
      yield* reviews.claim(task.id, { reviewerId: one })
      yield* assertFails("TaskNotHeld", reviews.save(task.id, { reviewerId: other, draft: put }))
      assert.isAtLeast(yield* reviews.expire, 0)
      yield* reviews.save(task.id, { reviewerId: one, draft: put })
    })
  )
}

const ending: Suite = (it) => {
  it.effect("with the end of a review the timetable is written, the job done, and what was put right is kept", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const reviewerId = yield* givenReviewer()
      const { job, task } = yield* givenOpened()
      yield* reviews.claim(task.id, { reviewerId })
      yield* reviews.save(task.id, { reviewerId, draft: put })
      const timetables = yield* Timetables
      const completed = yield* reviews.complete(task.id, {
        reviewerId,
        final: put,
        notes: "The scan is faint.",
        write: (review) => Effect.map(timetables.insert(timetableInput(review.job.userId)), (timetable) => timetable.id)
      })
      assert.deepInclude(completed.job, { status: "completed", processingTier: "hitl" })
      assert.isNotNull(completed.job.completedAt)
      assert.isTrue(Option.isSome(yield* timetables.find(completed.job.timetableId ?? "")))
      assert.deepInclude(completed.task, {
        status: "completed",
        draftData: read,
        finalData: put,
        reviewNotes: "The scan is faint."
      })
      assert.isUndefined(completed.task.metadata.draft)
      assert.deepStrictEqual(ReviewCorrections.parse(completed.task.metadata.corrections), {
        kept: 1,
        changed: [{ draftIndex: 1, finalIndex: 1, fields: { name: { from: "Engl1sh", to: "English" } } }],
        removed: [2],
        added: [2]
      })
      assert.deepStrictEqual(
        (yield* saidOf(outboxTopics.jobEvents, job.id)).map(({ type }) => type).at(-1),
        "job:completed"
      )
      assert.strictEqual((yield* auditOf(task.id)).at(-1)?.action, "review.completed")
      yield* assertFails("TaskClosed", reviews.claim(task.id, { reviewerId }))
      yield* assertFails("TaskClosed", reviews.cancel(task.id))
    })
  )

  it.effect("nothing is done when the timetable cannot be written", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const reviewerId = yield* givenReviewer()
      const { job, task } = yield* givenOpened()
      yield* reviews.claim(task.id, { reviewerId })
      const timetables = yield* Timetables
      const id = unlike()
      const write = Effect.andThen(timetables.insert(timetableInput(job.userId, { id })), timetables.get(unlike()))
      const failing = reviews.complete(task.id, {
        reviewerId,
        final: put,
        write: () => Effect.map(write, (timetable) => timetable.id)
      })
      yield* assertFails("RowMissing", failing)
      assert.isTrue(Option.isNone(yield* timetables.find(id)))
      assert.strictEqual((yield* ReviewTasks.use((tasks) => tasks.get(task.id))).status, "in_progress")
      assert.strictEqual((yield* findJob(job.id)).job.status, "hitl_in_progress")
    })
  )

  it.effect("a timeblock without a name is no end", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const reviewerId = yield* givenReviewer()
      const { task } = yield* givenOpened()
      yield* reviews.claim(task.id, { reviewerId })
      const final = { timeblocks: [block("Maths"), block(" ")] }
      const { reason } = yield* Effect.flip(reviews.complete(task.id, { reviewerId, final, write: writeNothing }))
      assert.deepStrictEqual(
        reason._tag === "DraftInvalid" ? reason.issues.map(({ pointer }) => pointer) : reason._tag,
        ["/timeblocks/1/name"]
      )
    })
  )

  it.effect("who does not hold a task cannot end it", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const reviewerId = yield* givenReviewer()
      const { task } = yield* givenOpened()
      yield* assertFails("TaskNotHeld", reviews.complete(task.id, { reviewerId, final: put, write: writeNothing }))
      yield* assertFails("RowMissing", reviews.claim(unlike(), { reviewerId }))
    })
  )

  it.effect("a task is cancelled with its job", () =>
    Effect.gen(function* () {
      const reviews = yield* ReviewQueue
      const reviewerId = yield* givenReviewer()
      const { job, task } = yield* givenOpened()
      yield* reviews.claim(task.id, { reviewerId })
      assert.strictEqual((yield* reviews.cancel(task.id)).status, "cancelled")
      assert.deepInclude((yield* findJob(job.id)).job, { status: "failed", errorCode: "cancelled" })
      yield* assertFails("TaskClosed", reviews.save(task.id, { reviewerId, draft: put }))
    })
  )
}

/**
 * The promises that every queue of reviews keeps, on a store that is empty at the start and nobody else's. Needs
 * `vitest` and `@effect/vitest`.
 *
 * @example
 * reviewQueueContract("memory", MemoryJobs.layer())
 */
export const reviewQueueContract = <E>(name: string, store: Layer.Layer<QueueServices, E>): void => {
  layer(store, { excludeTestServices: true })(`ReviewQueue contract: ${name}`, (it) => {
    describe("open", () => opening(it))
    describe("claim and assign", () => taking(it))
    describe("save, release and expire", () => working(it))
    describe("complete and cancel", () => ending(it))
  })
}
