import type { DocumentReaders, ExtractionRun, OcrProvider, StandardPipelineOptions } from "@timegrid/core"
import { runExtraction, standardPipeline } from "@timegrid/core"
import type { EventListener, PipelineGraph } from "@timegrid/core/pipeline"
import { Context, Duration, Effect, Layer } from "effect"
import type { OfferedTiers } from "./CloudProviders.ts"

/** What a job has read. */
export interface JobDocument {
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
    /** Fails with whatever readers, engines and services fail with; `errorClassOf` tells what that means. */
    readonly read: (document: JobDocument, onEvent: EventListener) => Effect.Effect<ExtractionRun, Error>
  }
>()("@timegrid/server/workers/JobReader") {
  /** By the standard pipeline. */
  static readonly layer = (
    options: StandardPipelineOptions = {}
  ): Layer.Layer<JobReader, never, DocumentReaders | OcrProvider> =>
    Layer.effect(
      JobReader,
      Effect.map(Effect.context<DocumentReaders | OcrProvider>(), (services) => make(Effect.succeed(services), options))
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
): JobReader["Service"] => ({
  graph: ({ budget: _, ...tiers }) => standardPipeline({ ...options, ...tiers }).explain(),
  read: ({ bytes, fileName, tiers }, onEvent) =>
    Effect.flatMap(services, (services) =>
      Effect.provideContext(runExtraction(bytes, { ...options, ...tiers, file: fileName, onEvent }), services)
    )
})
