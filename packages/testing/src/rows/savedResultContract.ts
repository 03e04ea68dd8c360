import { assert, describe, layer, type Vitest } from "@effect/vitest"
import type { ExtractedTimeblock, Extraction } from "@timegrid/core"
import { JobStore, type JobStoreError } from "@timegrid/core/queue"
import {
  Extractions,
  ProcessingJobs,
  type RepositoryError,
  reviewDraftOf,
  saveExtraction,
  saveReview,
  Timetables,
  UnitOfWork,
  type UploadContext,
  UploadedDocuments
} from "@timegrid/core/repository"
import { ReviewQueue } from "@timegrid/core/review"
import { Effect, type Layer, Option } from "effect"
import { claimJob, givenClaimed, givenForReview, type QueueServices, quietly } from "../queue/givenJobs.ts"
import { emptyExtraction, givenDocument, givenJob, givenUser, unlike } from "../repository/given.ts"

const block = (given: Partial<ExtractedTimeblock> = {}): ExtractedTimeblock => ({
  dayOfWeek: "Monday",
  startTime: "09:00",
  endTime: "10:00",
  name: "Maths",
  notes: null,
  subject: null,
  room: null,
  teacher: null,
  color: null,
  period: null,
  periodEnd: null,
  week: null,
  className: null,
  page: 1,
  confidence: 99.1,
  fieldConfidence: { day: 99, start: 99, end: 99, name: 99 },
  evidence: {},
  ...given
})

const result = (...timeblocks: ReadonlyArray<ExtractedTimeblock>): Extraction =>
  emptyExtraction({ timeblocks: [...timeblocks], confidence: 97.25, warnings: [] })

const twoClasses = result(block({ className: "5B" }), block({ className: "7 Red", name: "Music" }))

type Job = { readonly id: string; readonly documentId: string; readonly userId: string }

const uploadOf = ({ documentId, id, userId }: Job): UploadContext => ({
  documentId,
  jobId: id,
  userId,
  fileName: "week.pdf",
  uploadedAt: new Date("2031-02-03T04:05:06Z")
})

const givenUpload = Effect.map(givenJob(), uploadOf)

const timetablesOf = ({ userId }: UploadContext) =>
  Timetables.use((timetables) => Effect.map(timetables.list({ filter: { userId } }), ({ items }) => items))

const keptResults = ({ jobId }: UploadContext) =>
  Extractions.use((extractions) =>
    Effect.map(extractions.list({ filter: { jobId } }), ({ items }) => items.map(({ result }) => result))
  )

const blockNames = (timetableId: string) =>
  Timetables.use((timetables) =>
    Effect.map(timetables.findFilled(timetableId), (found) =>
      Option.getOrThrow(found).timeblocks.map(({ name }) => name)
    )
  )

type Suite = (it: Vitest.MethodsNonLive<QueueServices>) => void

const saving: Suite = (it) => {
  it.effect("it is kept whole, and makes a timetable for each class, which the document is told of", () =>
    Effect.gen(function* () {
      const { id: userId } = yield* givenUser()
      const document = yield* givenDocument({ userId, metadata: { own: true } })
      const upload = uploadOf(yield* givenJob({ userId, documentId: document.id }))
      const saved = yield* saveExtraction(twoClasses, upload)
      const [first, second] = saved.timetables
      assert.deepStrictEqual([first?.className, second?.className, first?.status], ["5B", "7 Red", "draft"])
      assert.deepStrictEqual(yield* blockNames(first?.id ?? ""), ["Maths"])
      assert.deepStrictEqual(yield* blockNames(second?.id ?? ""), ["Music"])
      assert.strictEqual(saved.job.timetableId, first?.id)
      assert.deepStrictEqual(yield* keptResults(upload), [twoClasses])
      const told = yield* (yield* UploadedDocuments).get(document.id)
      assert.deepStrictEqual([told.timetableId, told.mimeType], [first?.id, "application/pdf"])
      const dimensions = { width: 2480, height: 1754 }
      assert.deepStrictEqual(told.metadata, { own: true, originalName: "week.pdf", pageCount: 1, dimensions })
      const job = Option.getOrThrow(yield* (yield* ProcessingJobs).update(upload.jobId, saved.job))
      assert.deepInclude(job, saved.job)
    })
  )

  it.effect("again for the same job it replaces that job's drafts, and doubles nothing", () =>
    Effect.gen(function* () {
      const upload = yield* givenUpload
      const before = yield* saveExtraction(twoClasses, upload)
      const reading = result(block({ className: "5B", name: "Biology" }))
      const after = yield* saveExtraction(reading, upload)
      const [kept, ...others] = yield* timetablesOf(upload)
      assert.isEmpty(others)
      assert.deepStrictEqual([kept?.id, after.job.timetableId], [before.job.timetableId, before.job.timetableId])
      assert.deepStrictEqual(yield* blockNames(kept?.id ?? ""), ["Biology"])
      assert.deepStrictEqual(yield* keptResults(upload), [reading])
    })
  )

  it.effect("several times at once it is there once", () =>
    Effect.gen(function* () {
      const upload = yield* givenUpload
      yield* Effect.replicateEffect(saveExtraction(twoClasses, upload), 4, { concurrency: "unbounded" })
      const timetables = yield* timetablesOf(upload)
      assert.deepStrictEqual(timetables.map(({ className }) => className).toSorted(), ["5B", "7 Red"])
      for (const { id } of timetables) assert.lengthOf(yield* blockNames(id), 1)
      assert.lengthOf(yield* keptResults(upload), 1)
    })
  )

  it.effect("a timetable that its owner has taken into use is left alone", () =>
    Effect.gen(function* () {
      const upload = yield* givenUpload
      const id = (yield* saveExtraction(twoClasses, upload)).job.timetableId ?? ""
      yield* (yield* Timetables).update(id, { status: "active", name: "Mine" })
      const after = yield* saveExtraction(result(block({ className: "5B", name: "New" })), upload)
      const [kept, ...others] = yield* timetablesOf(upload)
      assert.isEmpty(others)
      assert.deepStrictEqual([kept?.id, kept?.name, after.job.timetableId], [id, "Mine", id])
      assert.deepStrictEqual(yield* blockNames(id), ["Maths"])
    })
  )

  it.effect("a reading of nothing makes no timetable, and takes away the drafts of the one before", () =>
    Effect.gen(function* () {
      const upload = yield* givenUpload
      yield* saveExtraction(twoClasses, upload)
      const saved = yield* saveExtraction(emptyExtraction(), upload)
      assert.isNull(saved.job.timetableId)
      assert.isEmpty(yield* timetablesOf(upload))
      assert.isNull((yield* (yield* UploadedDocuments).get(upload.documentId)).timetableId)
    })
  )

  it.effect("text that no row can hold is kept as far as it can be", () =>
    Effect.gen(function* () {
      const upload = yield* givenUpload
      const odd = result(block({ name: `a\0b${"😀".repeat(300)}`, room: "\ud800" }))
      const saved = yield* saveExtraction(odd, upload)
      assert.deepStrictEqual(yield* blockNames(saved.job.timetableId ?? ""), [`a\ufffdb${"😀".repeat(252)}`])
      assert.lengthOf(saved.warnings, 1)
    })
  )

  it.effect("for a document that is no more it fails, and nothing of it is there", () =>
    Effect.gen(function* () {
      const upload = yield* givenUpload
      const failure = yield* Effect.flip(saveExtraction(twoClasses, { ...upload, documentId: unlike() }))
      assert.strictEqual(failure.reason._tag, "ConstraintViolation")
      assert.isEmpty(yield* timetablesOf(upload))
    })
  )
}

const withItsJob: Suite = (it) => {
  /** What a worker does at the end of its work. */
  const finish = Effect.fnUntraced(function* ({ job, lease }: Effect.Success<ReturnType<typeof givenClaimed>>) {
    const { transaction } = yield* UnitOfWork
    const jobs = yield* JobStore
    return yield* transaction(
      Effect.gen(function* () {
        const saved = yield* saveExtraction(twoClasses, uploadOf(job))
        return yield* jobs.transition(lease, { status: "completed", ...saved.job })
      })
    )
  })

  it.effect("the job is completed with it, and points at the first timetable", () =>
    Effect.gen(function* () {
      const claimed = yield* givenClaimed()
      yield* JobStore.use((jobs) => jobs.transition(claimed.lease, { status: "validating", stage: "validation" }))
      const job = yield* finish(claimed)
      const [first] = (yield* timetablesOf(uploadOf(job))).filter(({ className }) => className === "5B")
      assert.deepStrictEqual([job.status, job.confidence, job.processingTier], ["completed", 97.25, "native"])
      assert.strictEqual(job.timetableId, first?.id)
      assert.strictEqual(job.metadata.pageCount, 1)
    })
  )

  it.effect("a worker whose lease has run out writes nothing of it, and the one that has the job now does", () =>
    Effect.gen(function* () {
      const late = yield* givenClaimed()
      const jobs = yield* JobStore
      yield* jobs.transition(late.lease, { status: "validating", stage: "validation" })
      yield* jobs.release(late.lease, { queue: "classification-queue" })
      const next = yield* claimJob(late.job.id)
      const refused: JobStoreError | RepositoryError = yield* quietly(Effect.flip(finish(late)))
      assert.strictEqual(refused.reason._tag, "LeaseLost")
      assert.isEmpty(yield* timetablesOf(uploadOf(late.job)))
      assert.isEmpty(yield* keptResults(uploadOf(late.job)))
      yield* finish(next)
      assert.lengthOf(yield* timetablesOf(uploadOf(late.job)), 2)
    })
  )
}

const reviewing: Suite = (it) => {
  it.effect("what a person makes of it takes the place of the machine's reading, which is kept", () =>
    Effect.gen(function* () {
      const job = yield* givenForReview()
      const upload = uploadOf(job)
      const read = result(
        block({ name: "Mahts", room: "12", color: "#CFE0FF" }),
        block({ name: "Smudge", dayOfWeek: null })
      )
      const before = yield* saveExtraction(read, upload)
      assert.isTrue(before.needsReview)
      const reviews = yield* ReviewQueue
      const task = yield* reviews.open({ jobId: job.id, draft: reviewDraftOf(read) })
      const { id: reviewerId } = yield* givenUser({ role: "reviewer" })
      yield* reviews.claim(task.id, { reviewerId })
      const [first] = reviewDraftOf(read).timeblocks
      if (first === undefined) return assert.fail("The draft is empty")
      const added = { name: "Music", dayOfWeek: "Friday", startTime: "11:00", endTime: "12:00", room: 7 } as const
      const completed = yield* reviews.complete(task.id, {
        reviewerId,
        final: { timeblocks: [{ ...first, name: "Maths" }, added] },
        write: ({ final }) => Effect.map(saveReview(final, upload), (saved) => saved.job.timetableId)
      })
      assert.deepStrictEqual([completed.job.status, completed.job.processingTier], ["completed", "hitl"])
      assert.strictEqual(completed.job.timetableId, before.job.timetableId)
      const id = before.job.timetableId ?? ""
      const { metadata, timeblocks } = Option.getOrThrow(yield* (yield* Timetables).findFilled(id))
      assert.deepStrictEqual(
        timeblocks.map(({ color, metadata, name }) => [name, color, metadata]),
        [
          ["Maths", "#CFE0FF", { room: "12", page: 1, confidence: 100 }],
          ["Music", "#3B82F6", { page: 1, confidence: 100 }]
        ]
      )
      assert.notProperty(metadata, "unplaced")
      assert.deepStrictEqual(yield* keptResults(upload), [read])
    })
  )

  it.effect("a review of a job that has kept no result fails", () =>
    Effect.gen(function* () {
      const upload = yield* givenUpload
      const { reason } = yield* Effect.flip(saveReview({ timeblocks: [] }, upload))
      assert.strictEqual(reason._tag, "RowMissing")
    })
  )
}

/**
 * What `saveExtraction` and `saveReview` promise over every store of rows and jobs. Needs `vitest` and
 * `@effect/vitest`.
 *
 * @example
 * savedResultContract("memory", MemoryJobs.layer())
 */
export const savedResultContract = <E>(name: string, store: Layer.Layer<QueueServices, E>): void => {
  layer(store, { excludeTestServices: true })(`Saved result contract: ${name}`, (it) => {
    describe("When a result is saved", () => saving(it))
    describe("When a result is saved with its job", () => withItsJob(it))
    describe("When a result is reviewed", () => reviewing(it))
  })
}
