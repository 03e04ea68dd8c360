import type { DocumentReaders, ExtractionRun, OcrProvider, StandardPipelineOptions } from "@timegrid/core"
import { runExtraction, standardPipeline } from "@timegrid/core"
import type { EventListener, PipelineGraph } from "@timegrid/core/pipeline"
import { Context, Effect, Layer } from "effect"

/** What a job has read. */
export interface JobDocument {
  readonly fileName: string
  readonly bytes: Uint8Array
}

/** Reads the documents of jobs. */
export class JobReader extends Context.Service<
  JobReader,
  {
    /** The stages that a reading goes through. */
    readonly graph: PipelineGraph
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
      Effect.map(Effect.context<DocumentReaders | OcrProvider>(), (services) => ({
        graph: standardPipeline(options).explain(),
        read: ({ bytes, fileName }, onEvent) =>
          Effect.provideContext(runExtraction(bytes, { ...options, file: fileName, onEvent }), services)
      }))
    )
}
