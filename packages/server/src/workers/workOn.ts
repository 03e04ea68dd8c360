/** What a worker does with a job that it has claimed: from the bytes of its document to rows, or to a person. */
import { BlobStore } from "@timegrid/core"
import { errorClassOf, errorCodeOf, type PipelineEvent, pendingJob } from "@timegrid/core/pipeline"
import { type ClaimedJob, type JobChange, JobStore, type Lease } from "@timegrid/core/queue"
import { ProgressStore } from "@timegrid/core/realtime"
import { UnitOfWork, UploadedDocuments } from "@timegrid/core/repository"
import { ReviewQueue } from "@timegrid/core/review"
import { reviewDraftOf, saveExtraction, type UploadContext } from "@timegrid/core/rows"
import { Cause, Data, Duration, Effect, Exit, Option, Queue, Ref, Schedule } from "effect"
import { jobStages, stagesMetadata } from "../jobs/jobStages.ts"
import { JobReader } from "./JobReader.ts"
import { type JobView, viewsAfter } from "./jobProgress.ts"
import { reviewPriorityOf } from "./reviewPriority.ts"

/** A worker's lease runs so long from each sign of life. */
export const leaseFor = Duration.seconds(30)
const heartbeatEvery = Duration.seconds(10)

/** So often a job is tried again by itself when it failed for a passing reason. */
const maxRetries = 3
const firstRetryDelay = Duration.seconds(5)

/** The bytes of a document are not where its row says. */
class DocumentGone extends Data.TaggedError("DocumentGone")<{ readonly key: string }> {
  readonly code = "document_gone"
  readonly isRetryable = false
  override readonly message = "The bytes of the document are gone."
}

/**
 * Reads the document of the job, writes what was read and routes it. What fails for a passing reason waits and is tried
 * again; everything else fails the job with a stable code. Ends quietly when the lease is lost: another has the job.
 */
export const workOn = Effect.fn("workOn")(function* (claimed: ClaimedJob) {
  const { job, lease } = claimed
  const jobs = yield* JobStore
  const reader = yield* JobReader
  const documents = yield* UploadedDocuments
  const view = yield* Ref.make<JobView>({
    state: { ...pendingJob, ...pickState(job) },
    stages: jobStages(job)
  })
  const events = yield* Queue.unbounded<PipelineEvent, Cause.Done>()
  const told = yield* Effect.forkChild(followEvents(lease, events, view))

  const read = Effect.gen(function* () {
    const document = yield* documents.get(job.documentId)
    const blobs = yield* BlobStore
    const bytes = yield* blobs.find(document.s3Key, { versionId: document.s3VersionId })
    if (Option.isNone(bytes)) return yield* new DocumentGone({ key: document.s3Key })
    const run = yield* reader.read({ fileName: document.fileName, bytes: bytes.value }, (event) => {
      Queue.offerUnsafe(events, event)
    })
    return { document, run }
  })

  const result = yield* Effect.exit(read)
  yield* Queue.end(events)
  yield* told.await
})
