import { assert, type Vitest } from "@effect/vitest"
import {
  Extractions,
  ProcessingJobs,
  type RepositoryServices,
  type UploadedDocumentFilter,
  UploadedDocuments
} from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { assertFailsAs, assertRefusedBy } from "./failures.ts"
import { genericContract } from "./genericContract.ts"
import { documentInput, givenDocument, givenExtraction, givenTimetable, givenUser, unlike } from "./given.ts"

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

/** The promises of `UploadedDocuments`. */
export const uploadedDocumentsContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  genericContract(it, {
    table: "documents",
    repository: Effect.gen(function* () {
      return yield* UploadedDocuments
    }),
    scope: Effect.map(givenUser(), ({ id }) => ({
      filter: { userId: id },
      input: Effect.sync(() =>
        documentInput(id, {
          fileType: docx,
          fileSize: 2 ** 40,
          s3VersionId: "v1",
          mimeType: docx,
          metadata: { originalName: "Week.docx", pageCount: 1, dimensions: { width: 2480, height: 3508 } }
        })
      )
    })),
    noMatch: { userId: unlike() },
    changes: { uploadStatus: "completed", metadata: { pageCount: 2 }, fileSize: 0 },
    changed: { uploadStatus: "completed", metadata: { pageCount: 2 }, fileSize: 0 },
    invalid: {
      "a size below nothing": { fileSize: -5 },
      "a type that nobody may declare": { fileType: "image/gif" },
      "a status that is none": { uploadStatus: "done" },
      "a key that is too long": { s3Key: "k".repeat(513) },
      "text that Postgres refuses": { fileName: "a\0b.pdf" },
      "half of a surrogate pair in JSON": { metadata: { originalName: "\ud800.pdf" } }
    }
  })

  it.effect("two documents do not lie at one place", () =>
    Effect.gen(function* () {
      const documents = yield* UploadedDocuments
      const { s3Bucket, s3Key, userId } = yield* givenDocument()
      const twice = documents.insert(documentInput(userId, { s3Bucket, s3Key }))
      yield* assertRefusedBy("UniqueViolation", "idx_documents_s3_location", twice)
      yield* documents.insert(documentInput(userId, { s3Bucket: "elsewhere", s3Key }))
    })
  )

  it.effect("a document is found by where it lies", () =>
    Effect.gen(function* () {
      const documents = yield* UploadedDocuments
      const document = yield* givenDocument()
      assert.deepStrictEqual(yield* documents.findByLocation("local", document.s3Key), Option.some(document))
      assert.deepStrictEqual(yield* documents.findByLocation("elsewhere", document.s3Key), Option.none())
      assert.deepStrictEqual(yield* documents.findByLocation("local", "a\0b"), Option.none())
    })
  )

  it.effect("a document belongs to somebody, and to a timetable that there is", () =>
    Effect.gen(function* () {
      const documents = yield* UploadedDocuments
      const orphan = documents.insert(documentInput(unlike()))
      yield* assertRefusedBy("ConstraintViolation", "documents_user_id_fkey", orphan)
      const { id } = yield* givenDocument()
      const lost = documents.update(id, { timetableId: unlike() })
      yield* assertRefusedBy("ConstraintViolation", "documents_timetable_id_fkey", lost)
    })
  )

  it.effect("a list keeps to its filter", () =>
    Effect.gen(function* () {
      const documents = yield* UploadedDocuments
      const { id: timetableId, userId } = yield* givenTimetable()
      const read = yield* givenDocument({ userId, timetableId, uploadStatus: "completed" })
      const pending = yield* givenDocument({ userId })
      const found = Effect.fnUntraced(function* (filter: UploadedDocumentFilter) {
        return (yield* documents.list({ filter: { userId, ...filter } })).items.map(({ id }) => id)
      })
      assert.deepStrictEqual(yield* found({ timetableId }), [read.id])
      assert.deepStrictEqual(yield* found({ uploadStatus: "pending" }), [pending.id])
      assert.deepStrictEqual(yield* found({ createdBefore: "2001-01-01T00:00:00Z" }), [])
      assert.strictEqual((yield* found({ createdBefore: "2999-01-01T00:00:00+02:00" })).length, 2)
      yield* assertFailsAs("RowInvalid", found({ createdBefore: "yesterday" }))
    })
  )

  it.effect("uploads that have been pending for long are given up, and no others", () =>
    Effect.gen(function* () {
      const documents = yield* UploadedDocuments
      const pending = yield* givenDocument()
      const completed = yield* givenDocument({ uploadStatus: "completed" })
      assert.strictEqual(yield* documents.failPending("1 day"), 0)
      assert.deepStrictEqual(yield* documents.get(pending.id), pending)
      yield* Effect.sleep("5 millis")
      assert.isAtLeast(yield* documents.failPending("1 millis"), 1)
      const failed = yield* documents.get(pending.id)
      assert.deepStrictEqual([failed.uploadStatus, failed.version], ["failed", 2])
      assert.deepStrictEqual(yield* documents.get(completed.id), completed)
    })
  )

  it.effect("what was made of a document goes with it", () =>
    Effect.gen(function* () {
      const extraction = yield* givenExtraction()
      yield* (yield* UploadedDocuments).remove(extraction.documentId)
      assert.deepStrictEqual(yield* (yield* Extractions).find(extraction.id), Option.none())
      assert.deepStrictEqual(yield* (yield* ProcessingJobs).find(extraction.jobId ?? ""), Option.none())
    })
  )
}
