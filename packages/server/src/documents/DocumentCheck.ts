import { type Classification, classifyDocument, type DocumentError, DocumentReaders, type Limits } from "@timegrid/core"
import { Context, Effect, Layer } from "effect"

/** Tells by its bytes what a file is, before anything of it is kept. */
export class DocumentCheck extends Context.Service<
  DocumentCheck,
  {
    /** Cheap: looks at the first bytes and the limits, and parses nothing. Fails with what the bytes break. */
    readonly classify: (bytes: Uint8Array, limits: Limits) => Effect.Effect<Classification, DocumentError>
  }
>()("@timegrid/server/documents/DocumentCheck") {
  /** By the readers of the context. */
  static readonly layer: Layer.Layer<DocumentCheck, never, DocumentReaders> = Layer.effect(
    DocumentCheck,
    Effect.map(DocumentReaders, (readers) => make(Effect.succeed(readers)))
  )

  /** By readers that are loaded with the first file. */
  static readonly layerOnDemand = (load: Effect.Effect<DocumentReaders["Service"]>): Layer.Layer<DocumentCheck> =>
    Layer.effect(DocumentCheck, Effect.map(Effect.cached(load), make))
}

const make = (load: Effect.Effect<DocumentReaders["Service"]>): DocumentCheck["Service"] => ({
  classify: (bytes, limits) =>
    Effect.flatMap(load, (readers) => Effect.provideService(classifyDocument(bytes, limits), DocumentReaders, readers))
})
