import {
  type BlobStore,
  DocumentReaders,
  type ExtractionRun,
  OcrProvider,
  runJournalledExtraction,
  type StandardPipelineOptions,
  type StandardStagePath,
  standardPipeline
} from "@timegrid/core"
import type { EventListener, Journal, PipelineGraph } from "@timegrid/core/pipeline"
import { Context, Duration, Effect, Layer } from "effect"
import type { OfferedTiers } from "./CloudProviders.ts"
import { stageNamed } from "./stageNodes.ts"

/** What a job has read. */
export interface JobDocument {
  readonly jobId: string
  /** The stage from which on it is to be read again, if the reading knows it; null goes on where it stopped. */
  readonly from: string | null
  readonly fileName: string
  readonly bytes: Uint8Array
  /** Who may be asked about it besides the engines on this machine. */
  readonly tiers: OfferedTiers
}

/** Reads the documents of jobs. */
export class JobReader extends Context.Service<
  JobReader,
  {
    /** The stages that a reading with these tiers goes through. */
    readonly graph: (tiers: OfferedTiers) => PipelineGraph
    /**
     * Reads the document, keeping in the journal what was done under the id of the job. Fails with whatever readers,
     * engines and services fail with; `errorClassOf` tells what that means.
     */
    readonly read: (
      document: JobDocument,
      onEvent: EventListener
    ) => Effect.Effect<ExtractionRun, Error, Journal | BlobStore>
  }
>()("@timegrid/server/workers/JobReader") {
  /** By the standard pipeline. */
  static readonly layer = (
    options: StandardPipelineOptions = {}
  ): Layer.Layer<JobReader, never, DocumentReaders | OcrProvider> =>
    Layer.effect(
      JobReader,
      Effect.map(Effect.context<DocumentReaders | OcrProvider>(), (services) =>
        // Nothing else that is there: the stores are those of each job.
        make(Effect.succeed(Context.pick(DocumentReaders, OcrProvider)(services)), options)
      )
    )

  /** By the standard pipeline, whose readers and engines are loaded with the first document. */
  static readonly layerOnDemand = (
    reading: Layer.Layer<DocumentReaders | OcrProvider, Error>,
    options: StandardPipelineOptions = {}
  ): Layer.Layer<JobReader> =>
    Layer.effect(
      JobReader,
      Effect.gen(function* () {
        const scope = yield* Effect.scope
        const [services, forget] = yield* Effect.cachedInvalidateWithTTL(
          Layer.buildWithScope(reading, scope),
          Duration.infinity
        )
        // What could not be loaded for this document may be there for the next.
        return make(
          Effect.onError(services, () => forget),
          options
        )
      })
    )
}

const make = (
  services: Effect.Effect<Context.Context<DocumentReaders | OcrProvider>, Error>,
  options: StandardPipelineOptions
): JobReader["Service"] => {
  const graph: JobReader["Service"]["graph"] = ({ budget: _, ...tiers }) =>
    standardPipeline({ ...options, ...tiers }).explain()
  return {
    graph,
    read: ({ bytes, fileName, from, jobId, tiers }, onEvent) =>
      Effect.flatMap(services, (services) => {
        // The graph is that of the same pipeline.
        const path = from === null ? undefined : (stageNamed(graph(tiers), from)?.path as StandardStagePath | undefined)
        const reading = { ...options, ...tiers, file: fileName, from: path, onEvent }
        return Effect.provideContext(runJournalledExtraction(jobId, bytes, reading), services)
      })
  }
}
