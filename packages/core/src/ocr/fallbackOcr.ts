import { Context, Effect, Layer } from "effect"
import type { PageImage } from "../document/Page.ts"
import { readWholePage } from "../image/readWholePage.ts"
import { type FallbackOptions, fallback } from "../provider/fallback.ts"
import { type OcrOptions, OcrProvider } from "./OcrProvider.ts"

type Engine = OcrProvider["Service"]

/**
 * Engines as one: each image is read by the first that answers (see `fallback`); its words carry the name of who read
 * them, and a page has the tier of that one. Reads whole pages where one of them does. Tables come from those that make them out.
 */
export const fallbackOcr = (
  engines: readonly [Engine, ...Array<Engine>],
  options?: FallbackOptions<Engine>
): Engine => {
  const cloudEngines = engines.flatMap(({ cloudEngines: inside, engine, tier }) =>
    tier === "cloud_ocr" ? (inside ?? [engine]) : []
  )
  const hasTables = engines.some(({ recognizePage }) => recognizePage !== undefined)
  return OcrProvider.of({
    engine: engines.map(({ engine }) => engine).join("|"),
    ...(cloudEngines.length > 0 && { tier: "cloud_ocr" as const, cloudEngines }),
    granularity: engines.every(({ granularity }) => granularity === "crop") ? "crop" : "page",
    concurrency: engines[0].concurrency,
    parameters: Object.fromEntries(
      engines.flatMap(({ engine, parameters = {} }) =>
        Object.entries(parameters).map(([name, value]) => [`${engine} ${name}`, value])
      )
    ),
    recognize: (image: PageImage, asked?: OcrOptions) =>
      fallback(engines, (each) => each.recognize(image, asked), options),
    ...(hasTables && {
      recognizePage: (image: PageImage) => fallback(engines, (each) => readWholePage(each, image), options)
    })
  })
}

/** Provides {@link fallbackOcr} of several layers. */
export const fallbackOcrLayer = <E>(
  engines: readonly [Layer.Layer<OcrProvider, E>, ...Array<Layer.Layer<OcrProvider, E>>],
  options?: FallbackOptions<Engine>
): Layer.Layer<OcrProvider, E> =>
  Layer.effect(
    OcrProvider,
    Effect.gen(function* () {
      const [first, ...rest] = yield* Effect.forEach(engines, (engine) => Layer.build(engine))
      const of = (context: Context.Context<OcrProvider>) => Context.get(context, OcrProvider)
      return fallbackOcr([of(first), ...rest.map(of)], options)
    })
  )
