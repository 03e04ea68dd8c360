import { assert, describe, type Vitest } from "@effect/vitest"
import { isLegalStatusChange, jobStatuses } from "@timegrid/core"
import {
  Extractions,
  type ProcessingJobFilter,
  ProcessingJobs,
  type RepositoryServices,
  ReviewTasks
} from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { assertFailsAs, assertRefusedBy } from "./failures.ts"
import { genericContract } from "./genericContract.ts"
import {
  givenDocument,
  givenExtraction,
  givenJob,
  givenReviewTask,
  givenTimetable,
  givenUser,
  jobInput,
  unlike
} from "./given.ts"

/** The promises of `ProcessingJobs`. */
export const processingJobsContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  genericContract(it, {
    table: "processing_jobs",
    repository: Effect.gen(function* () {
      return yield* ProcessingJobs
    }),
    scope: Effect.map(givenUser(), ({ id }) => ({
      filter: { userId: id },
      input: jobInput({
        userId: id,
        status: "ocr" as const,
        stage: "ocr",
        confidence: 99.25,
        processingTier: "native" as const,
        startedAt: "2031-02-03T04:05:06.789Z",
        metadata: { ocrEngine: "tesseract-5.3.0", processingTime: { ocr: 1250, own: 1.5, total: 2700 } }
      })
    })),
    noMatch: { userId: unlike() },
    changes: {
      status: "failed",
      errorCode: "corrupt_file",
      errorMessage: "ends early",
      confidence: 0.07,
      retryCount: 1
    },
    changed: {
      status: "failed",
      errorCode: "corrupt_file",
      errorMessage: "ends early",
      confidence: 0.07,
      retryCount: 1
    },
    invalid: {
      "a status that is none": { status: "done" },
      "a tier that is none": { processingTier: "magic" },
      "a confidence above all": { confidence: 250 },
      "a confidence of three decimals": { confidence: 99.123 },
      "fewer retries than none": { retryCount: -1 },
      "a code that is too long": { errorCode: "e".repeat(51) },
      "text that Postgres refuses": { errorMessage: "a\0b" }
    }
  })

  it.effect("a job belongs to a document and somebody, and to a timetable that there is", () =>
    Effect.gen(function* () {
      const jobs = yield* ProcessingJobs
      const document = yield* givenDocument()
      const of = (given: object) => jobs.insert({ documentId: document.id, userId: document.userId, ...given })
      const refusedBy = (constraint: string, given: object) =>
        assertRefusedBy("ConstraintViolation", constraint, of(given))
      yield* refusedBy("processing_jobs_document_id_fkey", { documentId: unlike() })
      yield* refusedBy("processing_jobs_user_id_fkey", { userId: unlike() })
      yield* refusedBy("processing_jobs_timetable_id_fkey", { timetableId: unlike() })
    })
  )

  it.effect("a document has one job at a time, and another after that has ended", () =>
    Effect.gen(function* () {
      const jobs = yield* ProcessingJobs
      const { documentId, id, userId } = yield* givenJob()
      const another = jobs.insert({ documentId, userId })
      yield* assertRefusedBy("UniqueViolation", "idx_processing_jobs_one_live", another)
      yield* jobs.update(id, { status: "failed" })
      const second = yield* another
      const revived = jobs.update(id, { status: "pending" })
      yield* assertRefusedBy("UniqueViolation", "idx_processing_jobs_one_live", revived)
      yield* jobs.insert({ documentId, userId, status: "completed" })
      yield* jobs.remove(second.id)
      assert.strictEqual(Option.getOrThrow(yield* revived).status, "pending")
    })
  )

  it.effect("of several jobs for a document that come at once one is taken", () =>
    Effect.gen(function* () {
      const jobs = yield* ProcessingJobs
      const { id, userId } = yield* givenDocument()
      const attempts = Array.from({ length: 5 }, () => Effect.result(jobs.insert({ documentId: id, userId })))
      const results = yield* Effect.all(attempts, { concurrency: "unbounded" })
      assert.strictEqual(results.filter(({ _tag }) => _tag === "Success").length, 1)
    })
  )

  describe.each(jobStatuses)("a job that is %s", (from) => {
    it.effect("goes where it may go from there, and nowhere else", () =>
      Effect.gen(function* () {
        const jobs = yield* ProcessingJobs
        const document = yield* givenDocument()
        for (const to of jobStatuses) {
          const { id } = yield* jobs.insert({ documentId: document.id, userId: document.userId, status: from })
          const change = jobs.update(id, { status: to })
          if (from === to || isLegalStatusChange(from, to)) yield* change
          else yield* assertRefusedBy("ConstraintViolation", "check_job_status_change", change)
          yield* jobs.remove(id)
        }
      })
    )
  })

  it.effect("a list keeps to its filter", () =>
    Effect.gen(function* () {
      const jobs = yield* ProcessingJobs
      const { id: timetableId, userId } = yield* givenTimetable()
      const failed = yield* givenJob({ userId, status: "failed", completedAt: "2030-01-01T00:00:00.000Z" })
      const completed = yield* givenJob({ userId, status: "completed", timetableId })
      const pending = yield* givenJob({ userId })
      const found = Effect.fnUntraced(function* (filter: ProcessingJobFilter) {
        const { items } = yield* jobs.list({ filter: { userId, ...filter } })
        return items.map(({ id }) => id).toSorted()
      })
      assert.deepStrictEqual(yield* found({ documentId: pending.documentId }), [pending.id])
      assert.deepStrictEqual(yield* found({ timetableId }), [completed.id])
      assert.deepStrictEqual(yield* found({ statuses: ["pending"] }), [pending.id])
      assert.deepStrictEqual(yield* found({ statuses: ["completed", "failed"] }), [completed.id, failed.id].toSorted())
      assert.deepStrictEqual(yield* found({ completedBefore: "2030-01-01T00:00:00.001Z" }), [failed.id])
      assert.deepStrictEqual(yield* found({ completedBefore: "2030-01-01T00:00:00Z" }), [])
      assert.deepStrictEqual(yield* found({ createdBefore: "2001-01-01T00:00:00Z" }), [])
      yield* assertFailsAs("RowInvalid", found({ statuses: [] }))
    })
  )

  it.effect("a job comes with the names of its document and timetable", () =>
    Effect.gen(function* () {
      const jobs = yield* ProcessingJobs
      const timetable = yield* givenTimetable({ name: "Class 5B" })
      const document = yield* givenDocument({ userId: timetable.userId, fileName: "plan.pdf" })
      const job = yield* givenJob({ userId: timetable.userId, documentId: document.id })
      const named = { ...job, fileName: "plan.pdf", fileType: "application/pdf", timetableName: null }
      assert.deepStrictEqual(yield* jobs.findNamed(job.id), Option.some(named))
      const placed = Option.getOrThrow(yield* jobs.update(job.id, { timetableId: timetable.id }))
      assert.deepStrictEqual(
        yield* jobs.findNamed(job.id),
        Option.some({ ...named, ...placed, timetableName: "Class 5B" })
      )
      assert.deepStrictEqual(yield* jobs.findNamed(unlike()), Option.none())
      assert.deepStrictEqual(yield* jobs.findNamed("job"), Option.none())
    })
  )

  it.effect("the queue's statistics count the unfinished jobs of each status and tier, and time them until now", () =>
    Effect.gen(function* () {
      const jobs = yield* ProcessingJobs
      const of = Effect.map(jobs.queueStatistics, (rows) =>
        rows.find(({ processingTier, status }) => status === "llm_processing" && processingTier === "cloud_ocr")
      )
      assert.isUndefined(yield* of)
      const given = { status: "llm_processing", processingTier: "cloud_ocr" } as const
      const startedAt = new Date(Date.now() - 60_000).toISOString()
      const first = yield* givenJob({ ...given, startedAt, confidence: 90 })
      const second = yield* givenJob({ ...given, confidence: 80.5 })
      yield* givenJob({ ...given, status: "completed" })
      const row = yield* of
      if (row === undefined) return assert.fail("The statistics miss the jobs")
      assert.strictEqual(row.jobCount, 2)
      assert.strictEqual(row.avgConfidence, 85.25)
      assert.isAtLeast(row.avgDurationSeconds ?? 0, 59)
      assert.isAtMost(row.avgDurationSeconds ?? 0, 600)
      assert.deepStrictEqual([row.oldestJob, row.newestJob], [first.createdAt, second.createdAt])
      for (const { id } of [first, second]) yield* jobs.remove(id)
      assert.isUndefined(yield* of)
    })
  )

  it.effect("what waits for a job goes with it, and its result stays", () =>
    Effect.gen(function* () {
      const task = yield* givenReviewTask()
      const extraction = yield* givenExtraction()
      const jobs = yield* ProcessingJobs
      yield* jobs.remove(task.jobId)
      assert.deepStrictEqual(yield* (yield* ReviewTasks).find(task.id), Option.none())
      yield* jobs.remove(extraction.jobId ?? "")
      assert.isNull((yield* (yield* Extractions).get(extraction.id)).jobId)
    })
  )
}
