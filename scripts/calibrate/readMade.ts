import { createHash } from "node:crypto"
import { Context, Effect, Layer, ManagedRuntime } from "effect"
import { PaddleOcr } from "../../packages/adapters/paddle/src/index.ts"
import { TesseractOcr } from "../../packages/adapters/tesseract/src/index.ts"
import { readPages } from "../../packages/core/src/extraction/readPages.ts"
import {
  classifyDocument,
  DocumentReaders,
  defaultLimits,
  ensembleOcr,
  OcrProvider,
  type Word
} from "../../packages/core/src/index.ts"
import type { FamilySet, MakerTier } from "../../packages/maker/src/index.ts"
import { layouts, makeTimetable } from "../../packages/maker/src/index.ts"
import { builtInReaders } from "../../packages/timegrid/src/builtInReaders.ts"
import type { Sample } from "./Sample.ts"
import { sampleOf } from "./sampleOf.ts"

/** Which document to make. */
export interface Wanted {
  readonly set: FamilySet
  readonly tier: MakerTier
  readonly seed: number
  /** Layouts take turns by it, so that every family counts alike. */
  readonly index: number
}

type Ocr = OcrProvider["Service"]

/** Reads made documents: those that are text once, images with each engine alone and with both. */
export const makeReader = async () => {
  const runtime = ManagedRuntime.make(Layer.merge(Layer.succeed(DocumentReaders, builtInReaders), enginesLayer))
  const { first, second } = await runtime.runPromise(Engines)

  const samplesOf = async ({ index, seed, set, tier }: Wanted): Promise<ReadonlyArray<Sample>> => {
    const families = layouts.filter((layout) => layout.set === set)
    const { bytes, truth } = await makeTimetable({ seed, tier, set, layout: families[index % families.length]!.id })
    const [one, other] = [remembering(first), remembering(second)]
    const ways = tier === "pdf" || tier === "docx" ? [one] : [one, other, ensembleOcr(one, other)]
    const samples: Array<Sample> = []
    for (const ocr of ways) {
      const pages = await runtime.runPromise(Effect.provideService(read(bytes), OcrProvider, ocr))
      samples.push(sampleOf(truth, pages, tier))
    }
    return samples
  }

  return { samplesOf, close: () => runtime.dispose() }
}

class Engines extends Context.Service<Engines, { readonly first: Ocr; readonly second: Ocr }>()("calibrate/Engines") {}

const enginesLayer = Layer.effect(
  Engines,
  Effect.gen(function* () {
    const [first, second] = yield* Effect.all([Layer.build(TesseractOcr.layer()), Layer.build(PaddleOcr.layer())])
    return { first: Context.get(first, OcrProvider), second: Context.get(second, OcrProvider) }
  })
)

const read = (bytes: Uint8Array) =>
  Effect.scoped(
    Effect.gen(function* () {
      const { reader } = yield* classifyDocument(bytes, defaultLimits)
      const pages = yield* readPages(yield* reader.open(bytes, defaultLimits), () => {})
      return pages.map(({ page }) => page)
    })
  )

/** An engine that reads no image twice: alone and as one of two it is given the same. */
const remembering = (ocr: Ocr): Ocr => {
  const known = new Map<string, ReadonlyArray<Word>>()
  return OcrProvider.of({
    ...ocr,
    recognize: (image, options) =>
      Effect.suspend(() => {
        const key = createHash("sha1")
          .update(JSON.stringify([image.widthPx, image.heightPx, image.channels, options]))
          .update(image.data)
          .digest("base64")
        const words = known.get(key)
        return words === undefined
          ? Effect.tap(ocr.recognize(image, options), (read) => Effect.sync(() => known.set(key, read)))
          : Effect.succeed(words)
      })
  })
}
