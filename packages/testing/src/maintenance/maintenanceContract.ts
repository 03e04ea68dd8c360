import { gunzipSync } from "node:zlib"
import { assert, layer } from "@effect/vitest"
import { BlobError, BlobStore } from "@timegrid/core"
import {
  JobArchive,
  type MaintenanceOptions,
  type MaintenanceServices,
  maintenanceTasks,
  runMaintenance
} from "@timegrid/core/maintenance"
import { Journal, type JournalRow } from "@timegrid/core/pipeline"
import { jobRunStores } from "@timegrid/core/queue"
import {
  Extractions,
  ProcessingJobs,
  type RepositoryServices,
  ReviewTasks,
  Timetables,
  UploadedDocuments,
  Users
} from "@timegrid/core/repository"
import { Context, Effect, type Layer, Option, Stream } from "effect"
import {
  emptyExtraction,
  givenDocument,
  givenJob,
  givenReviewTask,
  givenTimetable,
  unlike
} from "../repository/given.ts"

type Options = MaintenanceOptions & { readonly dryRun?: boolean }

/** Everything that has ended is old enough; partitions stay as they are. */
const retentionDays = { finishedJobs: -1 }

const maintain = Effect.fnUntraced(function* ({ dryRun = false, ...options }: Options = {}) {
  const reports = yield* runMaintenance(yield* maintenanceTasks({ retentionDays, ...options }), { dryRun })
  assert.deepStrictEqual(
    reports.filter(({ error }) => error !== null),
    []
  )
  return (task: string) => {
    const report = reports.find(({ name }) => name === task)
    assert.isDefined(report, task)
    return report
  }
})

const blobsUnder = (prefix: string) =>
  Effect.map(Stream.runCollect(Stream.unwrap(BlobStore.use((blobs) => Effect.succeed(blobs.list(prefix))))), (found) =>
    found.map(({ key }) => key)
  )

const isStored = (key: string) => BlobStore.use((blobs) => Effect.map(blobs.stat(key), Option.isSome))

const put = (key: string) => BlobStore.use((blobs) => blobs.put(key, new Uint8Array([1, 2, 3])))

const givenStored = Effect.fnUntraced(function* () {
  const { bucket } = yield* BlobStore
  const document = yield* givenDocument({ s3Bucket: bucket, uploadStatus: "completed" })
  yield* put(document.s3Key)
  return document
})

/** A job that was reviewed, with everything that goes with it. */
const givenReviewed = Effect.fnUntraced(function* () {
  const document = yield* givenDocument()
  const { id: timetableId } = yield* givenTimetable({ userId: document.userId })
  const job = yield* givenJob({
    documentId: document.id,
    userId: document.userId,
    timetableId,
    status: "completed",
    confidence: 97.25,
    metadata: { pageCount: 2 }
  })
  const draft = {
    timeblocks: [{ name: "Maths – é", dayOfWeek: "Monday" as const, startTime: "09:00", endTime: "10:00" }]
  }
  const task = yield* givenReviewTask({ jobId: job.id, status: "completed", draftData: draft, finalData: draft })
  const kept = { documentId: document.id, jobId: job.id, schemaVersion: 1, result: emptyExtraction() }
  const extraction = yield* Extractions.use((extractions) => extractions.insert(kept))
  return { document, job, task, extraction }
})

const rowsOf = Effect.fnUntraced(function* (jobId: string, taskId: string) {
  const job = yield* ProcessingJobs.use((jobs) => jobs.find(jobId))
  const task = yield* ReviewTasks.use((tasks) => tasks.find(taskId))
  return [Option.getOrNull(job), Option.getOrNull(task)]
})

const findArchived = (jobId: string) => JobArchive.use((archive) => Effect.map(archive.find(jobId), Option.getOrNull))

const archiveKeyOf = (jobId: string) =>
  Effect.map(blobsUnder("archive/jobs/"), (keys) => keys.filter((key) => key.includes(jobId)))

const textOfArchive = (key: string) =>
  Effect.map(
    BlobStore.use((blobs) => blobs.find(key)),
    (bytes) => gunzipSync(Option.getOrThrow(bytes)).toString()
  )

const runRow: JournalRow = { kind: "settled", at: 0, call: "call", amount: {} }

/** A job of that status whose run has kept an artifact and a row. */
const givenRun = Effect.fnUntraced(function* (status: "completed" | "failed" | "hitl_pending") {
  const { documentId, id: jobId } = yield* givenJob({ status })
  const stores = yield* jobRunStores({ jobId, documentId }, new Uint8Array([1]))
  yield* Context.get(stores, BlobStore).put("artifacts/aa", new Uint8Array([2]))
  yield* Context.get(stores, Journal).append(jobId, runRow)
  return { jobId, key: `runs/${documentId}/${jobId}/artifacts/aa` }
})

/** Whether the rows and the artifact of the run are there. */
const isKept = Effect.fnUntraced(function* ({ jobId, key }: { readonly jobId: string; readonly key: string }) {
  const rows = yield* Journal.use((journal) => journal.read(jobId))
  return [rows.length > 0, yield* isStored(key)]
})

/**
 * The promises that maintenance keeps on every store. The layer provides an empty store that is up to date, with a store
 * of blobs that is empty too, and the journal of the jobs' runs.
 */
export const maintenanceContract = <E>(
  name: string,
  services: Layer.Layer<MaintenanceServices | RepositoryServices | Journal, E>
): void => {
  layer(services, { excludeTestServices: true })(`maintenance contract: ${name}`, (it) => {
    it.effect("a job that has ended moves to the archive with its reviews, and is answered from there", () =>
      Effect.gen(function* () {
        const { job, task } = yield* givenReviewed()
        const live = yield* givenJob({ status: "ocr" })
        yield* maintain()
        assert.deepStrictEqual(yield* rowsOf(job.id, task.id), [null, null])
        const archived = yield* findArchived(job.id)
        assert.deepStrictEqual([archived?.job, archived?.reviewTasks], [job, [task]])
        assert.isTrue(Option.isSome(yield* ProcessingJobs.use((jobs) => jobs.find(live.id))))
        assert.isNull(yield* findArchived(live.id))
        assert.isNull(yield* findArchived(unlike()))
        assert.isNull(yield* findArchived("no id"))
      })
    )

    it.effect("a job that has ended later than its time stays", () =>
      Effect.gen(function* () {
        const { job, task } = yield* givenReviewed()
        const report = yield* maintain({ retentionDays: { finishedJobs: 90 } })
        assert.deepStrictEqual(report("job-archive").figures, { archived: 0 })
        assert.deepStrictEqual(yield* rowsOf(job.id, task.id), [job, task])
      })
    )

    it.effect("what was archived comes back as it was, once, and can be archived again", () =>
      Effect.gen(function* () {
        const { extraction, job, task } = yield* givenReviewed()
        const restore = JobArchive.use((archive) => archive.restore(job.id))
        yield* maintain()
        const restored = yield* Effect.all([restore, restore], { concurrency: 2 })
        assert.deepStrictEqual(restored.toSorted(), [false, true])
        assert.deepStrictEqual(yield* rowsOf(job.id, task.id), [job, task])
        const linked = yield* Extractions.use((extractions) => extractions.get(extraction.id))
        assert.strictEqual(linked.jobId, job.id)
        assert.isNull(yield* findArchived(job.id))
        // The bytes of the first archive go; those of the second stay.
        yield* maintain()
        yield* maintain()
        assert.lengthOf(yield* archiveKeyOf(job.id), 1)
        assert.deepStrictEqual((yield* findArchived(job.id))?.job.id, job.id)
      })
    )

    it.effect("what was archived comes back though its timetable is gone", () =>
      Effect.gen(function* () {
        const { job } = yield* givenReviewed()
        yield* maintain()
        yield* Timetables.use((timetables) => timetables.remove(job.timetableId ?? ""))
        assert.isTrue(yield* JobArchive.use((archive) => archive.restore(job.id)))
        assert.isNull((yield* ProcessingJobs.use((jobs) => jobs.get(job.id))).timetableId)
      })
    )

    it.effect(
      "what is kept of a run goes when its job is completed or gone, and stays while it may be tried again",
      () =>
        Effect.gen(function* () {
          const keep = { retentionDays: { finishedJobs: 90 } }
          const [completed, failed, waiting] = [
            yield* givenRun("completed"),
            yield* givenRun("failed"),
            yield* givenRun("hitl_pending")
          ]
          assert.strictEqual((yield* maintain({ ...keep, dryRun: true }))("runs").figures.artifacts, 1)
          assert.deepStrictEqual((yield* maintain(keep))("runs").figures, { rows: 1, artifacts: 1 })
          assert.deepStrictEqual(yield* isKept(completed), [false, false])
          assert.deepStrictEqual(
            [yield* isKept(failed), yield* isKept(waiting)],
            [
              [true, true],
              [true, true]
            ]
          )
          yield* ProcessingJobs.use((jobs) => jobs.remove(failed.jobId))
          // Whoever still works on it has nothing to leave it in.
          yield* Effect.flip(Journal.use((journal) => journal.append(failed.jobId, runRow)))
          yield* maintain(keep)
          assert.deepStrictEqual(
            [yield* isKept(failed), yield* isKept(waiting)],
            [
              [false, false],
              [true, true]
            ]
          )
        })
    )

    it.effect("what was archived of a user goes with the user", () =>
      Effect.gen(function* () {
        const { document, job } = yield* givenReviewed()
        yield* maintain()
        yield* Users.use((users) => users.remove(document.userId))
        assert.isNull(yield* findArchived(job.id))
        yield* maintain()
        assert.deepStrictEqual(yield* archiveKeyOf(job.id), [])
      })
    )

    it.effect("an archive does not say who reviewed, and is restored though the reviewer is gone", () =>
      Effect.gen(function* () {
        const document = yield* givenDocument()
        const reviewer = (yield* givenDocument()).userId
        const job = yield* givenJob({ documentId: document.id, userId: document.userId, status: "completed" })
        const task = yield* givenReviewTask({ jobId: job.id, status: "completed", assignedTo: reviewer })
        yield* maintain()
        const [key = ""] = yield* archiveKeyOf(job.id)
        assert.notInclude(yield* textOfArchive(key), reviewer)
        assert.deepStrictEqual((yield* findArchived(job.id))?.reviewTasks, [{ ...task, assignedTo: null }])
        yield* Users.use((users) => users.remove(reviewer))
        assert.isTrue(yield* JobArchive.use((archive) => archive.restore(job.id)))
        assert.deepStrictEqual(yield* rowsOf(job.id, task.id), [job, { ...task, assignedTo: null }])
      })
    )

    it.effect("an archive that was changed is not answered from", () =>
      Effect.gen(function* () {
        const { job } = yield* givenReviewed()
        yield* maintain()
        const [key = ""] = yield* archiveKeyOf(job.id)
        const bytes = Option.getOrThrow(yield* BlobStore.use((blobs) => blobs.find(key)))
        yield* put(key)
        const error = yield* Effect.flip(findArchived(job.id))
        assert.instanceOf(error, BlobError)
        assert.strictEqual(error.reason._tag, "BlobCorrupt")
        yield* BlobStore.use((blobs) => blobs.put(key, bytes))
        assert.isNotNull(yield* findArchived(job.id))
      })
    )

    it.effect("several at once archive each job once, and leave nothing else behind", () =>
      Effect.gen(function* () {
        yield* maintain()
        const given = yield* Effect.forEach([1, 2, 3, 4, 5], () => givenReviewed())
        const reports = yield* Effect.all([maintain(), maintain(), maintain()], { concurrency: "unbounded" })
        const archived = reports.map((report) => report("job-archive").figures.archived ?? 0)
        assert.strictEqual(
          archived.reduce((sum, count) => sum + count),
          given.length
        )
        for (const { job } of given) {
          assert.lengthOf(yield* archiveKeyOf(job.id), 1)
          assert.strictEqual((yield* findArchived(job.id))?.reviewTasks.length, 1)
        }
      })
    )

    it.effect("the bytes of a document that was removed go, and nothing remembers them after", () =>
      Effect.gen(function* () {
        const document = yield* givenStored()
        yield* maintain()
        assert.isTrue(yield* isStored(document.s3Key))
        yield* UploadedDocuments.use((documents) => documents.remove(document.id))
        assert.isTrue(yield* isStored(document.s3Key))
        yield* maintain()
        assert.isFalse(yield* isStored(document.s3Key))
        assert.deepStrictEqual((yield* maintain())("tombstones").figures, { collected: 0, kept: 0 })
      })
    )

    it.effect("bytes that another row means by now stay", () =>
      Effect.gen(function* () {
        const { id, s3Bucket, s3Key } = yield* givenStored()
        yield* UploadedDocuments.use((documents) => documents.remove(id))
        yield* givenDocument({ s3Bucket, s3Key, uploadStatus: "completed" })
        assert.deepStrictEqual((yield* maintain())("tombstones").figures, { collected: 0, kept: 1 })
        assert.isTrue(yield* isStored(s3Key))
      })
    )

    it.effect("blobs without a row are found, and go only when that is asked for and they are old", () =>
      Effect.gen(function* () {
        const document = yield* givenStored()
        const orphans = [`uploads/2031/01/01/${unlike()}.pdf`, `archive/jobs/2031/01/${unlike()}.ndjson.gz`]
        const others = ["artifacts/ab/abcd", "mine/not-yours"]
        yield* Effect.forEach([...orphans, ...others], put)
        assert.strictEqual((yield* maintain({ removeOrphans: true }))("orphans").figures.unknownBlobs, 0)
        const found = (yield* maintain({ orphanAge: 0 }))("orphans")
        assert.deepStrictEqual(found.figures, { unknownBlobs: 2, removedBlobs: 0, missingBlobs: 0 })
        assert.isTrue(orphans.every((key) => found.findings.some((finding) => finding.includes(key))))
        assert.strictEqual((yield* maintain({ orphanAge: 0, removeOrphans: true }))("orphans").figures.removedBlobs, 2)
        assert.deepStrictEqual(yield* Effect.forEach(orphans, isStored), [false, false])
        assert.deepStrictEqual(yield* Effect.forEach([document.s3Key, ...others], isStored), [true, true, true])
      })
    )

    it.effect("rows whose bytes are missing are named and stay", () =>
      Effect.gen(function* () {
        const document = yield* givenStored()
        yield* BlobStore.use((blobs) => blobs.remove(document.s3Key))
        const { figures, findings } = (yield* maintain({ orphanAge: 0, removeOrphans: true }))("orphans")
        assert.strictEqual(figures.missingBlobs, 1)
        assert.include(findings.join(" "), document.s3Key)
        assert.isTrue(yield* UploadedDocuments.use((documents) => documents.remove(document.id)))
      })
    )

    it.effect("a dry run says what there is to do, and does nothing of it", () =>
      Effect.gen(function* () {
        const { job, task } = yield* givenReviewed()
        const document = yield* givenStored()
        yield* UploadedDocuments.use((documents) => documents.remove(document.id))
        const report = yield* maintain({ dryRun: true, removeOrphans: true, orphanAge: 0 })
        assert.isAtLeast(report("job-archive").figures.archived ?? 0, 1)
        assert.isAtLeast(report("tombstones").figures.collected ?? 0, 1)
        assert.deepStrictEqual(yield* rowsOf(job.id, task.id), [job, task])
        assert.isTrue(yield* isStored(document.s3Key))
      })
    )
  })
}
