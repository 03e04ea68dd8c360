import { Effect } from "effect"
import type { BlobStore } from "../blob/BlobStore.ts"
import type { DocumentError } from "../document/DocumentError.ts"
import type { ProcessingJobMetadata } from "../domain/ProcessingJob.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import type { OcrProvider } from "../ocr/OcrProvider.ts"
import type { Amount } from "../pipeline/Amount.ts"
import type { Journal } from "../pipeline/Journal.ts"
import { jobMetadataOf } from "../pipeline/jobMetadata.ts"
import type { RunOptions } from "../pipeline/Pipeline.ts"
import { type PipelineError, StageDied } from "../pipeline/PipelineError.ts"
import type { EventListener } from "../pipeline/PipelineEvent.ts"
import type { RunReport } from "../pipeline/RunReport.ts"
import type { DocumentReaders } from "./DocumentReaders.ts"
import type { Extraction } from "./Extraction.ts"
import type { ProgressListener } from "./ExtractionProgress.ts"
import { progressOf } from "./progressOf.ts"
import { type StandardPipeline, type StandardPipelineOptions, standardPipeline } from "./standardPipeline.ts"
import type { Route } from "./tiers/RoutingPolicy.ts"
import { timingsOf } from "./timingsOf.ts"

/** What the caller of {@link extractDocument} may set. */
export interface ExtractDocumentOptions extends StandardPipelineOptions {
  /** Recorded as `file`; it decides nothing. Default `"document"`. */
  readonly file?: string | undefined
  readonly onProgress?: ProgressListener | undefined
  /** Is told of each stage and each call to a provider. */
  readonly onEvent?: EventListener | undefined
  /** The most that providers may cost for this document. Default no limit. */
  readonly budget?: Amount | undefined
}

/** A document that was read, and how. */
export interface ExtractionRun {
  readonly extraction: Extraction
  /** Whether the reading can be taken as it is. */
  readonly route: Route
  /** What a job's row says of the run. */
  readonly metadata: ProcessingJobMetadata
  /** Each stage and what was spent with each provider. */
  readonly report: RunReport
}

/**
 * Reads the timetable off one document by the standard pipeline, and tells how that went. Interruption reaches into
 * readers, OCR and providers. A document without a timetable succeeds with no blocks and the warning `no_timetable`.
 */
export const runExtraction = Effect.fn("runExtraction")(function* (
  bytes: Uint8Array,
  { budget, file = "document", onEvent, onProgress, ...options }: ExtractDocumentOptions = {}
): Effect.fn.Return<ExtractionRun, DocumentError | OcrError, DocumentReaders | OcrProvider> {
  const pipeline = standardPipeline(options)
  const session = sessionOf(pipeline, { budget, onEvent, onProgress })
  const run = yield* pipeline
    .effect({ document: { file, bytes } }, session)
    .pipe(Effect.catchTag("PipelineError", (error) => Effect.die(defectIn(error))))
  return extractionRunOf(pipeline, run)
})

/** What the caller of {@link runJournalledExtraction} may set. */
export interface JournalledExtractionOptions extends ExtractDocumentOptions {
  /**
   * Runs this stage and what depends on it again, with what the stages before it gave. Default: goes on where the run
   * stopped; so does a run that the journal does not know, from its start.
   */
  readonly from?: StandardStagePath | undefined
}

/** A stage of the standard pipeline; one inside another is `outer/inner`. */
export type StandardStagePath = NonNullable<NonNullable<Parameters<StandardPipeline["effect"]["resume"]>[1]>["from"]>

/**
 * As {@link runExtraction}, kept in the journal as `runId`: what was done before is not done again. Fails with
 * `PipelineError` besides when a store fails, which is retryable where that passes, or when the run was started with
 * another document.
 */
export const runJournalledExtraction = Effect.fn("runJournalledExtraction")(function* (
  runId: string,
  bytes: Uint8Array,
  { budget, file = "document", from, onEvent, onProgress, ...options }: JournalledExtractionOptions = {}
): Effect.fn.Return<
  ExtractionRun,
  DocumentError | OcrError | PipelineError,
  DocumentReaders | OcrProvider | Journal | BlobStore
> {
  const pipeline = standardPipeline(options)
  const session = sessionOf(pipeline, { budget, onEvent, onProgress })
  const inputs = { document: { file, bytes } }
  const start = pipeline.effect(inputs, { ...session, runId })
  const work =
    from === undefined
      ? start
      : Effect.catchReason(
          pipeline.effect.resume(runId, { ...session, from }),
          "PipelineError",
          "RunUnknown",
          () => start
        )
  // What was kept and is lost or spoilt is done anew; what was spent stays spent.
  const sure = Effect.catchIf(work, isSpoilt, () =>
    pipeline.effect.resume(runId, { ...session, from: firstStage, with: inputs })
  )
  const isDefect = (error: DocumentError | OcrError | PipelineError): error is PipelineError =>
    error._tag === "PipelineError" && error.errorClass === "defect"
  return extractionRunOf(pipeline, yield* Effect.catchIf(sure, isDefect, (error) => Effect.die(defectIn(error))))
})

const firstStage = "classification"

const isSpoilt = (error: DocumentError | OcrError | PipelineError): error is PipelineError =>
  error._tag === "PipelineError" && error.reason._tag === "ArtifactInvalid" && error.reason.from === "store"

const sessionOf = (
  pipeline: StandardPipeline,
  { budget, onEvent, onProgress }: Pick<ExtractDocumentOptions, "budget" | "onEvent" | "onProgress">
): RunOptions => {
  const listeners = [onEvent, onProgress && progressOf(pipeline.explain(), onProgress)].filter(
    (each) => each !== undefined
  )
  const tellAll: EventListener = (event) => {
    for (const listener of listeners) listener(event)
  }
  return { ...(budget !== undefined && { budget }), ...(listeners.length > 0 && { onEvent: tellAll }) }
}

const extractionRunOf = (
  pipeline: StandardPipeline,
  { artifacts, report }: Effect.Success<ReturnType<StandardPipeline["effect"]>>
): ExtractionRun => {
  const graph = pipeline.explain()
  return {
    extraction: { ...artifacts.reading, timings: timingsOf(graph, report) },
    route: artifacts.route,
    metadata: jobMetadataOf(graph, report),
    report
  }
}

/** As {@link runExtraction}, for those who only want what was read. */
export const extractDocument = (
  bytes: Uint8Array,
  options?: ExtractDocumentOptions
): Effect.Effect<Extraction, DocumentError | OcrError, DocumentReaders | OcrProvider> =>
  Effect.map(runExtraction(bytes, options), ({ extraction }) => extraction)

/** The ladder of tiers keeps budgets and timeouts to itself: what is left are faults of the program. */
const defectIn = (error: PipelineError): unknown => (error.reason instanceof StageDied ? error.reason.cause : error)
