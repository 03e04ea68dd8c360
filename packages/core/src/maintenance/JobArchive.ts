/** Finished jobs in the blob store, one file a job. */
import { Clock, Context, Effect, Layer, Option } from "effect"
import { AuditLogs } from "../audit/AuditLogs.ts"
import type { BlobError } from "../blob/BlobError.ts"
import { BlobStore } from "../blob/BlobStore.ts"
import type { ProcessingJob } from "../domain/ProcessingJob.ts"
import type { ReviewTask } from "../domain/ReviewTask.ts"
import { hashBytes } from "../pipeline/sha256.ts"
import { processingJobTable } from "../repository/ProcessingJobs.ts"
import type { Stored } from "../repository/Repository.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import { reviewTaskTable } from "../repository/ReviewTasks.ts"
import { UnitOfWork } from "../repository/UnitOfWork.ts"
import { decodeArchive, encodeArchive } from "./archiveFile.ts"
import { type FinishedJob, MaintenanceRecords } from "./MaintenanceRecords.ts"

declare const crypto: { readonly randomUUID: () => string }

/** A job that was archived, as it was, but for who reviewed it. */
export interface ArchivedJob {
  readonly job: Stored<ProcessingJob>
  /** Oldest first, assigned to nobody. */
  readonly reviewTasks: ReadonlyArray<Stored<ReviewTask>>
  readonly archivedAt: string
}

/** Whatever has failed in the archive. */
export type JobArchiveError = RepositoryError | BlobError

/**
 * Keeps jobs that ended long ago, with their review tasks, as compressed lines of JSON under `archive/jobs/` instead of
 * in tables. They are still found, and can be brought back. They go with their document and user, as other jobs do.
 */
export class JobArchive extends Context.Service<
  JobArchive,
  {
    /**
     * Moves a job that has ended to the archive; false for one that has not, is none, or changed meanwhile. Its rows go
     * in the transaction that notes where it lies, after its bytes have been stored.
     */
    readonly archive: (jobId: string) => Effect.Effect<boolean, JobArchiveError>
    /** None where no such job was archived. Fails with `BlobCorrupt` where its bytes are not what was stored. */
    readonly find: (jobId: string) => Effect.Effect<Option.Option<ArchivedJob>, JobArchiveError>
    /** Brings a job back to the tables; false where no such job was archived. */
    readonly restore: (jobId: string) => Effect.Effect<boolean, JobArchiveError>
  }
>()("@timegrid/core/maintenance/JobArchive") {
  static readonly layer: Layer.Layer<JobArchive, never, AuditLogs | BlobStore | MaintenanceRecords | UnitOfWork> =
    Layer.effect(
      JobArchive,
      Effect.suspend(() => makeJobArchive)
    )
}

const makeJobArchive = Effect.gen(function* () {
  const audit = yield* AuditLogs
  const blobs = yield* BlobStore
  const records = yield* MaintenanceRecords
  const { transaction } = yield* UnitOfWork

  const noted = (action: string, jobId: string) => audit.append({ action, resourceType: "job", resourceId: jobId })

  const archive = Effect.fn("JobArchive.archive")(function* (jobId: string) {
    const found = yield* records.finishedJob(jobId)
    if (Option.isNone(found)) return false
    const bytes = yield* encodeArchive(found.value)
    const sha256 = yield* hashBytes(bytes)
    // Never used before nor after, so that removing what an earlier archive has left cannot meet this one.
    const month = new Date(yield* Clock.currentTimeMillis).toISOString().slice(0, 7).replace("-", "/")
    const key = `archive/jobs/${month}/${jobId}-${crypto.randomUUID()}.ndjson.gz`
    const { versionId } = yield* blobs.put(key, bytes, { contentType: "application/gzip", sha256 })
    const isArchived = yield* transaction(
      Effect.gen(function* () {
        const now = yield* records.finishedJob(jobId)
        if (Option.isNone(now) || !isSame(now.value, found.value)) return false
        yield* records.replaceByArchive(now.value, { jobId, bucket: blobs.bucket, key, versionId, sha256 })
        yield* noted("job.archived", jobId)
        return true
      })
    )
    // Where the transaction failed it may still have been carried out: then only the search for orphans can tell.
    if (!isArchived) yield* blobs.remove(key, { versionId })
    return isArchived
  })

  const read = Effect.fnUntraced(function* (jobId: string) {
    const place = yield* records.archivePlace(jobId)
    if (Option.isNone(place)) return Option.none()
    const { key, sha256, versionId } = place.value
    const bytes = yield* blobs.find(key, { sha256, versionId })
    if (Option.isNone(bytes)) return Option.none()
    return Option.some({ place: place.value, job: yield* decodeArchive(bytes.value) })
  })

  const find = Effect.fn("JobArchive.find")(function* (jobId: string) {
    const archived = yield* read(jobId)
    if (Option.isNone(archived)) return Option.none()
    const { job, place } = archived.value
    return Option.some({
      job: yield* processingJobTable.entityOf(job.job),
      reviewTasks: yield* Effect.forEach(job.reviewTasks, reviewTaskTable.entityOf),
      archivedAt: place.archivedAt
    })
  })

  const restore = Effect.fn("JobArchive.restore")(function* (jobId: string) {
    const archived = yield* read(jobId)
    if (Option.isNone(archived)) return false
    return yield* transaction(
      Effect.gen(function* () {
        const isRestored = yield* records.restore(archived.value.job)
        if (isRestored) yield* noted("job.restored", jobId)
        return isRestored
      })
    )
  })

  return JobArchive.of({ archive, find, restore })
})

const isSame = (a: FinishedJob, b: FinishedJob) => JSON.stringify(a) === JSON.stringify(b)
