/** What a worker does with a job that it has claimed: from the bytes of its document to rows, or to a person. */
import {
  BlobStore,
  type ExtractionRun,
  type ProcessingJob,
  type ProcessingMetricInput,
  type UploadedDocument
} from "@timegrid/core"
import { AuditLogs } from "@timegrid/core/audit"
import { MetricsRecorder } from "@timegrid/core/metrics"
import { errorClassOf, errorCodeOf, type JobState, type PipelineEvent } from "@timegrid/core/pipeline"
import { type ClaimedJob, forgetJobRun, JobStore, jobRunStores, type Lease } from "@timegrid/core/queue"
import { ProgressStore } from "@timegrid/core/realtime"
import { reviewDraftOf, type Stored, saveExtraction, UnitOfWork, UploadedDocuments } from "@timegrid/core/repository"
import { ReviewQueue } from "@timegrid/core/review"
import { type Cause, Clock, Data, Duration, Effect, Fiber, Option, Queue, Result, Schedule } from "effect"
import { jobStages, stagesMetadata } from "../jobs/jobStages.ts"
import { reviewPriorityOf } from "../reviews/reviewPriority.ts"
import { type OfferedTiers, offeredTiers } from "./CloudProviders.ts"
import { JobReader } from "./JobReader.ts"
import { type JobCheckpoint, jobCheckpoint } from "./jobCheckpoint.ts"
import { type JobView, viewsAfter } from "./jobProgress.ts"
import { uploadContext } from "./uploadContext.ts"

/** A lease runs so long from each sign of life. */
export const leaseFor = Duration.seconds(30)
const heartbeatEvery = Duration.seconds(10)

/** So often a job that fails for a passing reason is tried again by itself. */
const maxRetries = 3
const firstRetryDelayMs = 5_000

/** The bytes of a document are not where its row says. */
class DocumentGone extends Data.TaggedError("DocumentGone") {
  readonly code = "document_gone"
  readonly isRetryable = false
  override readonly message = "The bytes of the document are gone."
}

/**
 * Reads the document of the job, writes what was read and routes it. What fails for a passing reason waits and is tried
 * again; everything else fails the job with a stable code. Fails with `LeaseLost` when another has the job by now, and
 * then has written nothing since.
 */
export const workOn = Effect.fn("workOn")(function* (claimed: ClaimedJob) {
  const { lease } = claimed
  const jobs = yield* JobStore
  const heartbeat = Effect.repeat(jobs.heartbeat(lease, leaseFor), Schedule.spaced(heartbeatEvery))
  yield* Effect.raceFirst(processJob(claimed), Effect.andThen(heartbeat, Effect.never))
})

const processJob = Effect.fnUntraced(function* ({ checkpoint, job, lease }: ClaimedJob) {
  const document = yield* UploadedDocuments.use((documents) => documents.get(job.documentId))
  const tiers = yield* offeredTiers(job.userId, document.id)
  const found = jobCheckpoint(checkpoint)
  const events = yield* Queue.unbounded<PipelineEvent, Cause.Done>()
  const following = yield* Effect.forkChild(followEvents(lease, job, tiers, found, events))
  const onEvent = (event: PipelineEvent) => Queue.offerUnsafe(events, event)
  const read = yield* Effect.result(readDocument(job, document, tiers, found, onEvent))
  yield* Queue.end(events)
  const view = yield* Fiber.join(following)
  if (Result.isSuccess(read)) yield* conclude(lease, job, document, read.success, view)
  else yield* giveUp(lease, job, view, read.failure)
})

const readDocument = Effect.fnUntraced(function* (
  { id: jobId }: Stored<ProcessingJob>,
  { fileName, id: documentId, s3Key, s3VersionId }: Stored<UploadedDocument>,
  tiers: OfferedTiers,
  { from }: JobCheckpoint,
  onEvent: (event: PipelineEvent) => void
) {
  const [blobs, reader] = [yield* BlobStore, yield* JobReader]
  const bytes = yield* blobs.find(s3Key, { versionId: s3VersionId })
  if (Option.isNone(bytes)) return yield* new DocumentGone()
  const stores = yield* jobRunStores({ jobId, documentId }, bytes.value)
  const reading = reader.read({ jobId, from, fileName, bytes: bytes.value, tiers }, onEvent)
  return yield* Effect.provideContext(reading, stores)
})

/** Writes down how the job stands as its run goes on; the result is how it stood at the end. */
const followEvents = Effect.fnUntraced(function* (
  lease: Lease,
  job: Stored<ProcessingJob>,
  tiers: OfferedTiers,
  checkpoint: JobCheckpoint,
  events: Queue.Dequeue<PipelineEvent, Cause.Done>
) {
  const graph = (yield* JobReader).graph(tiers)
  const jobs = yield* JobStore
  let view: JobView = { state: stateOf(job), stages: jobStages(job) }
  for (;;) {
    const event = yield* Effect.option(Queue.take(events))
    if (Option.isNone(event)) return view
    // The journal knows by now what is to be done again; whoever follows goes on from there.
    if (event.value.type === "run:resumed" && checkpoint.from !== null)
      yield* jobs.checkpoint(lease, { ...checkpoint, from: null })
    // How the run ends is written together with what it gives.
    if (event.value.type.startsWith("run:")) continue
    yield* noteShown(job, event.value)
    yield* measure(job, event.value)
    for (const next of viewsAfter(graph, view, event.value)) {
      view = next
      yield* writeView(lease, job, view)
    }
  }
})

/** Which provider on another machine is about to see what of the document. */
const noteShown = Effect.fnUntraced(function* ({ documentId, id }: Stored<ProcessingJob>, event: PipelineEvent) {
  if (event.type !== "provider:called") return
  const { provider, shown, stage } = event
  const changes = { jobId: id, provider, shown, stage }
  const entry = { action: "document.shown", resourceType: "document", resourceId: documentId, changes }
  yield* AuditLogs.use((audit) => audit.append(entry))
})

/** A row for each stage that has ended. */
const measure = Effect.fnUntraced(function* (job: Stored<ProcessingJob>, event: PipelineEvent) {
  if (event.type !== "stage:finished" && event.type !== "stage:failed") return
  const recorder = yield* MetricsRecorder
  yield* recorder.processing({
    time: new Date(event.at),
    jobId: job.id,
    userId: job.userId,
    stage: event.stage.slice(0, 50),
    ...(event.type === "stage:finished"
      ? { success: true, durationMs: Math.round(event.durationMs), processingTier: event.notes.tier ?? null }
      : { success: false, errorCode: event.code.slice(0, 50) })
  })
})

/** The row of the whole job, by which the figures of an hour are made. */
const measureJob = Effect.fnUntraced(function* (
  job: Stored<ProcessingJob>,
  outcome: Pick<ProcessingMetricInput, "success" | "confidence" | "processingTier" | "documentType" | "errorCode">
) {
  const now = yield* Clock.currentTimeMillis
  const recorder = yield* MetricsRecorder
  yield* recorder.processing({
    time: new Date(now),
    jobId: job.id,
    userId: job.userId,
    durationMs: Math.max(0, now - Date.parse(job.startedAt ?? job.createdAt ?? new Date(now).toISOString())),
    ...outcome
  })
})

const stateOf = (job: Stored<ProcessingJob>): JobState => ({
  status: job.status,
  stage: job.stage,
  processingTier: job.processingTier,
  confidence: job.confidence,
  errorCode: job.errorCode,
  errorMessage: job.errorMessage,
  retryCount: job.retryCount
})

const writeView = Effect.fnUntraced(function* (lease: Lease, { metadata }: Stored<ProcessingJob>, view: JobView) {
  const { retryCount: _, ...columns } = view.state
  const { status } = yield* JobStore.use((jobs) =>
    jobs.transition(lease, { ...columns, metadata: { ...metadata, ...stagesMetadata(view.stages) } })
  )
  const done = view.stages.filter(({ status }) => status === "done").length
  const progress = Math.min(99, Math.round((100 * done) / stagesOfAJob))
  // A live view that cannot be told is no reason to stop.
  yield* Effect.ignore(ProgressStore.use((store) => store.put(lease.jobId, { status, progress })))
})

/** Classification, preprocessing, ocr, interpretation and validation: what every reading goes through. */
const stagesOfAJob = 5

/** Rows, and the end of the job or a review, all in one transaction. */
const conclude = Effect.fnUntraced(function* (
  lease: Lease,
  job: Stored<ProcessingJob>,
  document: Stored<UploadedDocument>,
  run: ExtractionRun,
  view: JobView
) {
  const [jobs, reviews, unit] = [yield* JobStore, yield* ReviewQueue, yield* UnitOfWork]
  const isCompleted = yield* unit.transaction(
    Effect.gen(function* () {
      const { job: columns, needsReview } = yield* saveExtraction(run.extraction, {
        ...uploadContext(job, document),
        jobMetadata: run.metadata
      })
      const metadata = { ...job.metadata, ...columns.metadata, ...stagesMetadata(view.stages) }
      if (view.state.status === "pending") yield* jobs.transition(lease, { status: "validating", stage: "validation" })
      if (run.route.decision === "accept" && !needsReview) {
        yield* jobs.transition(lease, { ...columns, metadata, status: "completed" })
        return true
      }
      yield* jobs.transition(lease, { ...columns, metadata, status: "hitl_pending", stage: "review" })
      yield* reviews.open({ jobId: job.id, draft: reviewDraftOf(run.extraction), priority: reviewPriorityOf(run) })
      return false
    })
  )
  // What cannot be removed at once is collected by maintenance.
  if (isCompleted) yield* Effect.ignore(forgetJobRun({ jobId: job.id, documentId: document.id }))
  const { confidence, documentType, tier } = run.extraction
  yield* measureJob(job, { success: true, confidence, processingTier: tier, documentType: documentType.slice(0, 50) })
})

const giveUp = Effect.fnUntraced(function* (
  lease: Lease,
  job: Stored<ProcessingJob>,
  { state }: JobView,
  error: Error
) {
  const jobs = yield* JobStore
  const passing = ["transient", "rate_limited"].includes(errorClassOf(error))
  const record = yield* jobs.find(lease.jobId)
  const checkpoint = jobCheckpoint(Option.getOrNull(record)?.checkpoint)
  const { attempts } = checkpoint
  if (passing && attempts < maxRetries) {
    yield* jobs.checkpoint(lease, { ...checkpoint, attempts: attempts + 1 })
    const delay = Duration.millis(firstRetryDelayMs * 2 ** attempts)
    yield* jobs.release(lease, { queue: Option.getOrThrow(record).queue ?? "classification-queue", delay })
    return
  }
  const errorCode = errorCodeOf(error, "internal").slice(0, 50)
  yield* jobs.transition(lease, { status: "failed", stage: state.stage, errorCode, errorMessage: error.message })
  yield* measureJob(job, { success: false, errorCode })
})
