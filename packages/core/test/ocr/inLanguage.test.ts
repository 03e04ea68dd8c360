import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { OcrProvider, type PageImage } from "../../src/index.ts"
import { inLanguage } from "../../src/ocr/inLanguage.ts"
import { wordOf } from "./words.ts"

const image: PageImage = { pageNumber: 4, widthPx: 1, heightPx: 1, channels: 1, data: new Uint8Array(1) }

/** Reads the language that it is told of. */
const engine = (languages?: ReadonlyArray<string>) =>
  OcrProvider.of({
    engine: "double",
    granularity: "crop",
    concurrency: 1,
    ...(languages && { languages }),
    recognize: (_, options) => Effect.succeed([wordOf(`${options?.layout} ${options?.language}`, 0.9)])
  })

it.effect("an engine is told of a language that it lists, beside what it is told anyway", () =>
  Effect.gen(function* () {
    const words = yield* inLanguage(engine(["fr"]), "fr").recognize(image, { layout: "line" })
    assert.deepStrictEqual(
      words.map(({ text }) => text),
      ["line fr"]
    )
  })
)

it.effect.each([engine(), engine(["de"])])("an engine that does not list a language says so", (ocr) =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(inLanguage(ocr, "fr").recognize(image))
    assert.deepInclude(error, { engine: "double", pageNumber: 4, code: "refused" })
    assert.deepInclude(error.reason, { _tag: "CapabilityMissing", capability: "language fr" })
  })
)
