import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { EngineUnavailable, ensembleOcr, OcrError, OcrProvider, type PageImage, type Word } from "../../src/index.ts"
import { lineOf, textOf, wordOf } from "./words.ts"

const image: PageImage = { pageNumber: 3, widthPx: 200, heightPx: 100, channels: 1, data: new Uint8Array(20_000) }

/** An engine that reads the same words off every image, and the images that it was given. */
const engineOf = (engine: string, words: ReadonlyArray<Word>) => {
  const seen: Array<PageImage> = []
  const provider = OcrProvider.of({
    engine,
    granularity: "crop",
    concurrency: 2,
    recognize: (given) => Effect.sync(() => seen.push(given)).pipe(Effect.as(words))
  })
  return { provider, seen }
}

describe("ensembleOcr", () => {
  it.effect("leaves a line alone that the first engine is sure of", () =>
    Effect.gen(function* () {
      const first = engineOf("first", lineOf("Forest Walk", 0.97))
      const second = engineOf("second", [])
      const ocr = ensembleOcr(first.provider, second.provider)
      assert.deepStrictEqual(yield* ocr.recognize(image, { layout: "line" }), lineOf("Forest Walk", 0.97))
      assert.lengthOf(second.seen, 0)
      assert.strictEqual(ocr.engine, "first+second")
    })
  )

  it.effect.each([
    ["an unsure word", lineOf("Forest Walk", 0.5)],
    ["a digit", lineOf("Room 4", 0.99)],
    ["nothing", []]
  ] as const)("has a line read again in which the first engine saw %s", ([, words]) =>
    Effect.gen(function* () {
      const second = engineOf("second", lineOf("Room 4", 0.99, "second"))
      yield* ensembleOcr(engineOf("first", words).provider, second.provider).recognize(image, { layout: "line" })
      assert.deepStrictEqual(second.seen, [image])
    })
  )

  it.effect("has every line read again when it is told so", () =>
    Effect.gen(function* () {
      const first = engineOf("first", lineOf("Forest Walk", 0.97))
      const second = engineOf("second", lineOf("Forest Walk", 0.99, "second"))
      const ocr = ensembleOcr(first.provider, second.provider, { reread: "all" })
      const words = yield* ocr.recognize(image, { layout: "line" })
      assert.deepStrictEqual(
        words.map(({ agreement, engine }) => [engine, agreement]),
        [
          ["first+second", true],
          ["first+second", true]
        ]
      )
    })
  )

  it.effect("cuts the doubtful lines out of a page, and puts what the second engine read where they stood", () =>
    Effect.gen(function* () {
      const sure = wordOf("Choir", 0.98)
      const lower = { ...wordOf("1:20", 0.6), box: { x: 100, y: 60, width: 40, height: 20 } }
      const first = engineOf("first", [sure, lower])
      const second = engineOf("second", [wordOf("11:20", 0.9, "second", 5)])
      const words = yield* ensembleOcr(first.provider, second.provider).recognize(image)
      assert.strictEqual(textOf(words), "Choir 11:20")
      assert.deepStrictEqual(words[0], sure)
      assert.deepStrictEqual(words[1]?.box, { x: 100, y: 65, width: 50, height: 20 })
      assert.deepStrictEqual(
        second.seen.map(({ heightPx, pageNumber, widthPx }) => [pageNumber, widthPx, heightPx]),
        [[3, 50, 30]]
      )
    })
  )

  it.effect("fails when the second engine does, rather than pass for agreement", () =>
    Effect.gen(function* () {
      const failure = new OcrError({ engine: "second", reason: new EngineUnavailable({ cause: "gone" }) })
      const broken = { ...engineOf("second", []).provider, recognize: () => Effect.fail(failure) }
      const ocr = ensembleOcr(engineOf("first", lineOf("9:30")).provider, broken)
      assert.strictEqual(yield* Effect.flip(ocr.recognize(image)), failure)
    })
  )
})
