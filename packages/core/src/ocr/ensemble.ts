import { Context, Effect, Layer } from "effect"
import type { PageImage, Word } from "../document/Page.ts"
import { alignReadings } from "./ensembleAlignment.ts"
import { agreedEngine, decideReading, hasDigits } from "./ensembleDecision.ts"
import { cropOf, linesOf, regionOf } from "./ensembleLines.ts"
import { OcrProvider } from "./OcrProvider.ts"

/** What the second engine of an ensemble is asked. */
export interface EnsembleOptions {
  /**
   * `"doubtful"`: lines with a word below `doubtBelow`, with a digit, or where nothing was read (the default); `"all"`:
   * every line, which tells most and costs most.
   */
  readonly reread?: "doubtful" | "all"
  /** Confidence of the first engine, 0 to 1, below which a word is doubtful. Default 0.9. */
  readonly doubtBelow?: number
}

/**
 * Two engines as one. The first reads; the lines that it is unsure of, and all with digits, are read by the second too.
 * What both read alike gains confidence and has the `engine` of both; where they differ, one of the two readings is
 * chosen by rule and loses confidence (`agreement` tells which). The second votes only on text that its alphabet covers.
 * Fails when either engine does.
 */
export const ensembleOcr = (
  primary: OcrProvider["Service"],
  secondary: OcrProvider["Service"],
  { doubtBelow = 0.9, reread = "doubtful" }: EnsembleOptions = {}
): OcrProvider["Service"] => {
  const engines = {
    primary: primary.engine,
    secondary: secondary.engine,
    covers: secondary.covers ?? (() => true)
  }
  const isDoubtful = (line: ReadonlyArray<Word>) =>
    reread === "all" ||
    line.length === 0 ||
    line.some(({ confidence, text }) => confidence < doubtBelow || hasDigits(text))
  const settle = (first: ReadonlyArray<Word>, second: ReadonlyArray<Word>) =>
    alignReadings(first, second).flatMap((pair) => decideReading(pair, engines))

  const readAgain = Effect.fnUntraced(function* (image: PageImage, line: ReadonlyArray<Word>) {
    const region = regionOf(line, image)
    const words = yield* secondary.recognize(cropOf(image, region), { layout: "line" })
    return settle(
      line,
      words.map((word) => ({ ...word, box: { ...word.box, x: word.box.x + region.x, y: word.box.y + region.y } }))
    )
  })

  const recognize: OcrProvider["Service"]["recognize"] = Effect.fn("ensembleOcr.recognize")(function* (image, options) {
    const words = yield* primary.recognize(image, options)
    if (options?.layout === "line") {
      return isDoubtful(words) ? settle(words, yield* secondary.recognize(image, { layout: "line" })) : words
    }
    const lines = yield* Effect.forEach(
      linesOf(words),
      (line) =>
        isDoubtful(line) && line.every(({ rotation }) => rotation === 0)
          ? readAgain(image, line)
          : Effect.succeed(line),
      { concurrency: secondary.concurrency }
    )
    return lines.flat()
  })

  return OcrProvider.of({
    engine: agreedEngine(engines),
    granularity: primary.granularity,
    // While some lines wait for the second engine, the first has others to read.
    concurrency: primary.concurrency + secondary.concurrency,
    ...(primary.parameters === undefined ? {} : { parameters: primary.parameters }),
    ...(primary.languages === undefined ? {} : { languages: primary.languages }),
    ...(primary.covers === undefined ? {} : { covers: primary.covers }),
    recognize
  })
}

/** Provides {@link ensembleOcr} of two layers. */
export const ensembleLayer = <E1, E2>(
  primary: Layer.Layer<OcrProvider, E1>,
  secondary: Layer.Layer<OcrProvider, E2>,
  options?: EnsembleOptions
): Layer.Layer<OcrProvider, E1 | E2> =>
  Layer.effect(
    OcrProvider,
    Effect.gen(function* () {
      const [first, second] = yield* Effect.all([Layer.build(primary), Layer.build(secondary)])
      return ensembleOcr(Context.get(first, OcrProvider), Context.get(second, OcrProvider), options)
    })
  )
