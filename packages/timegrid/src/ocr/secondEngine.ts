import { ensembleOcr, type OcrError, OcrProvider } from "@timegrid/core"
import { Context, Effect, Layer } from "effect"

/**
 * Two engines as one (`ensembleOcr`) as long as there are two. The second is built with the first image; where it is
 * not installed or says `EngineUnavailable`, as on a machine that its library does not know, the first reads alone from
 * then on.
 */
export const withSecondEngine = (
  primary: Layer.Layer<OcrProvider, OcrError>,
  secondary: Layer.Layer<OcrProvider, OcrError>
): Layer.Layer<OcrProvider, OcrError> =>
  Layer.effect(
    OcrProvider,
    Effect.gen(function* () {
      const scope = yield* Effect.scope
      const first = Context.get(yield* Layer.build(primary), OcrProvider)
      const both = yield* Effect.cached(
        Effect.map(Layer.buildWithScope(secondary, scope), (context) => {
          const ensemble = ensembleOcr(first, Context.get(context, OcrProvider))
          concurrency = ensemble.concurrency
          return ensemble
        })
      )
      let isAlone = false
      let concurrency = first.concurrency
      const recognize: OcrProvider["Service"]["recognize"] = (image, options) =>
        isAlone
          ? first.recognize(image, options)
          : Effect.flatMap(both, (ocr) => ocr.recognize(image, options)).pipe(
              Effect.catchTag("OcrError", (error) => {
                if (error.engine === first.engine || !isAbsent(error)) return Effect.fail(error)
                isAlone = true
                concurrency = first.concurrency
                return first.recognize(image, options)
              })
            )
      return OcrProvider.of({
        ...first,
        /** Of both, from when the second is there. */
        get concurrency() {
          return concurrency
        },
        recognize: (image, options) => Effect.suspend(() => recognize(image, options))
      })
    })
  )

const isAbsent = ({ reason }: OcrError): boolean =>
  reason._tag === "EngineNotInstalled" || reason._tag === "EngineUnavailable"
