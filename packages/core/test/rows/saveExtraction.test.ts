import { assert, describe, it } from "@effect/vitest"
import type { Extraction } from "@timegrid/core"
import {
  Extractions,
  MemoryRepositories,
  ProcessingJobs,
  reviewDraftOf,
  saveExtraction,
  saveReview,
  Timeblocks,
  Timetables,
  UnitOfWork,
  type UploadContext,
  UploadedDocuments,
  Users
} from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { block, extraction, upload } from "./results.ts"

/** A document and the job that reads it. */
const givenUpload = Effect.gen(function* () {
  const user = yield* (yield* Users).insert({
    email: "ada@school.example",
    passwordHash: "scrypt$hash",
    firstName: "Ada",
    lastName: "Byron"
  })
  const document = yield* (yield* UploadedDocuments).insert({
    userId: user.id,
    fileName: "week.pdf",
    fileType: "application/pdf",
    fileSize: 1,
    s3Bucket: "local",
    s3Key: "uploads/week.pdf",
    metadata: { own: true }
  })
  const job = yield* (yield* ProcessingJobs).insert({ userId: user.id, documentId: document.id })
  return upload({ userId: user.id, documentId: document.id, jobId: job.id, fileName: "week.pdf" })
})

const twoClasses = extraction({
  timeblocks: [block({ className: "5B" }), block({ className: "7 Red", name: "Music" })]
})

const timetablesOf = ({ userId }: UploadContext) =>
  Timetables.use((timetables) => Effect.map(timetables.list({ filter: { userId } }), ({ items }) => items))

const blockNames = (timetableId: string) =>
  Timetables.use((timetables) =>
    Effect.map(timetables.findFilled(timetableId), (found) =>
      Option.getOrThrow(found).timeblocks.map(({ name }) => name)
    )
  )

const test = (
  name: string,
  run: Effect.Effect<void, unknown, Effect.Services<ReturnType<typeof saveExtraction>> | Users | ProcessingJobs>
) => it.effect(name, () => Effect.provide(run, MemoryRepositories.layer))

describe("saving a result", () => {
  test(
    "keeps it whole, writes a timetable for each class, and tells document and job",
    Effect.gen(function* () {
      const context = yield* givenUpload
      const saved = yield* saveExtraction(twoClasses, context)
      const [first, second] = saved.timetables
      assert.deepStrictEqual([first?.className, second?.className], ["5B", "7 Red"])
      assert.deepStrictEqual(yield* blockNames(first?.id ?? ""), ["Maths"])
      assert.deepStrictEqual(yield* blockNames(second?.id ?? ""), ["Music"])
      assert.strictEqual(saved.job.timetableId, first?.id)
      const [kept] = (yield* (yield* Extractions).list({ filter: { jobId: context.jobId } })).items
      assert.deepStrictEqual(kept?.result, twoClasses)
      const document = yield* (yield* UploadedDocuments).get(context.documentId)
      assert.deepStrictEqual([document.timetableId, document.mimeType], [first?.id, "application/pdf"])
      const dimensions = { width: 2480, height: 1754 }
      assert.deepStrictEqual(document.metadata, { own: true, originalName: "week.pdf", pageCount: 1, dimensions })
      yield* (yield* ProcessingJobs).update(context.jobId, saved.job)
    })
  )

  test(
    "again for the same job replaces its drafts and doubles nothing",
    Effect.gen(function* () {
      const context = yield* givenUpload
      const before = yield* saveExtraction(twoClasses, context)
      const reading = extraction({ timeblocks: [block({ className: "5B", name: "Biology" })], confidence: 99 })
      const after = yield* saveExtraction(reading, context)
      assert.deepStrictEqual(
        (yield* timetablesOf(context)).map(({ id }) => id),
        [before.timetables[0]?.id]
      )
      assert.deepStrictEqual(yield* blockNames(after.timetables[0]?.id ?? ""), ["Biology"])
      assert.lengthOf((yield* (yield* Timeblocks).list()).items, 1)
      const { items } = yield* (yield* Extractions).list()
      assert.deepStrictEqual(
        items.map(({ result }) => result),
        [reading]
      )
    })
  )

  test(
    "leaves a timetable alone that its owner has taken into use",
    Effect.gen(function* () {
      const context = yield* givenUpload
      const before = yield* saveExtraction(twoClasses, context)
      const id = before.timetables[0]?.id ?? ""
      yield* (yield* Timetables).update(id, { status: "active", name: "Mine" })
      const after = yield* saveExtraction(
        extraction({ timeblocks: [block({ className: "5B", name: "New" })] }),
        context
      )
      const [kept, ...others] = yield* timetablesOf(context)
      assert.isEmpty(others)
      assert.deepStrictEqual([kept?.id, kept?.name, after.job.timetableId], [id, "Mine", id])
      assert.deepStrictEqual(yield* blockNames(id), ["Maths"])
    })
  )

  test(
    "of nothing writes no timetable, and takes drafts of the job before away",
    Effect.gen(function* () {
      const context = yield* givenUpload
      yield* saveExtraction(twoClasses, context)
      const saved = yield* saveExtraction(extraction({ timeblocks: [] }), context)
      assert.isNull(saved.job.timetableId)
      assert.isEmpty(yield* timetablesOf(context))
      assert.isNull((yield* (yield* UploadedDocuments).get(context.documentId)).timetableId)
    })
  )

  test(
    "is all or nothing together with what the caller writes besides",
    Effect.gen(function* () {
      const context = yield* givenUpload
      const { transaction } = yield* UnitOfWork
      const late = Effect.andThen(saveExtraction(twoClasses, context), Effect.fail("the lease is lost"))
      assert.strictEqual(yield* Effect.flip(transaction(late)), "the lease is lost")
      assert.isEmpty(yield* timetablesOf(context))
      assert.isEmpty((yield* (yield* Extractions).list()).items)
    })
  )

  test(
    "keeps text that Postgres would refuse as far as it can",
    Effect.gen(function* () {
      const context = yield* givenUpload
      const saved = yield* saveExtraction(
        extraction({ file: "\ud800", timeblocks: [block({ name: "a\0b" })] }),
        context
      )
      assert.deepStrictEqual(yield* blockNames(saved.timetables[0]?.id ?? ""), ["a\ufffdb"])
    })
  )
})

describe("saving a review", () => {
  test(
    "writes what the person has made of it, and keeps the machine's reading",
    Effect.gen(function* () {
      const context = yield* givenUpload
      const read = extraction({
        timeblocks: [block({ name: "Mahts", room: "12", color: "#CFE0FF" }), block({ name: "Smudge", dayOfWeek: null })]
      })
      const before = yield* saveExtraction(read, context)
      assert.isTrue(before.needsReview)
      const [first] = reviewDraftOf(read).timeblocks
      if (first === undefined) return assert.fail("The draft is empty")
      const added = { name: "Music", dayOfWeek: "Friday", startTime: "11:00", endTime: "12:00", room: 7 } as const
      const saved = yield* saveReview({ timeblocks: [{ ...first, name: "Maths" }, added] }, context)
      const id = before.timetables[0]?.id ?? ""
      assert.strictEqual(saved.job.timetableId, id)
      assert.deepStrictEqual([saved.job.processingTier, saved.job.confidence, saved.needsReview], ["hitl", 100, false])
      const { metadata, timeblocks } = Option.getOrThrow(yield* (yield* Timetables).findFilled(id))
      assert.deepStrictEqual(
        timeblocks.map(({ color, metadata, name }) => [name, color, metadata]),
        [
          ["Maths", "#CFE0FF", { room: "12", page: 1, confidence: 100 }],
          ["Music", "#3B82F6", { page: 1, confidence: 100 }]
        ]
      )
      assert.notProperty(metadata, "unplaced")
      const [kept] = (yield* (yield* Extractions).list()).items
      assert.deepStrictEqual(kept?.result, read)
    })
  )

  test(
    "needs a result that was kept",
    Effect.gen(function* () {
      const context = yield* givenUpload
      const { reason } = yield* Effect.flip(saveReview({ timeblocks: [] }, context))
      assert.strictEqual(reason._tag, "RowMissing")
    })
  )
})

describe("the draft of a review", () => {
  it("is the whole reading without its evidence, each timeblock with its place", () => {
    const read: Extraction = extraction({ timeblocks: [block(), block({ name: "a\0b" })] })
    const { timeblocks } = reviewDraftOf(read)
    const { evidence: _, ...rest } = block()
    assert.deepStrictEqual(timeblocks, [
      { ...rest, index: 0 },
      { ...rest, name: "a\ufffdb", index: 1 }
    ])
  })
})
