import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Word } from "../../src/document/Page.ts"
import { layoutOf } from "../../src/image/pageLayout.ts"
import { lookAgain } from "../../src/image/secondLook.ts"
import type { WritingLine } from "../../src/image/writing.ts"
import { OcrProvider } from "../../src/ocr/OcrProvider.ts"
import { pageOf, raster, word } from "./raster.ts"

const image = raster(300, 120)
word(image, 40, 40, 6, 18)
const layout = layoutOf(pageOf(image), image)

const pieces = Array.from({ length: 6 }, (_, i) => ({ x: 40 + 15 * i, y: 40, width: 12, height: 18 }))
const line: WritingLine = {
  box: { x: 40, y: 40, width: 87, height: 18 },
  direction: "level",
  pieces,
  foreign: [],
  ground: 255,
  tone: 0
}

const wordOf = (text: string, confidence: number): Word => ({
  text,
  box: { x: 10, y: 10, width: 60, height: 30 },
  rotation: 0,
  confidence,
  source: "ocr",
  engine: "double",
  style: null
})

/** What is kept of a line first read as `first`, when later looks give `later` one after the other; and how many. */
const lookedAgain = (first: ReadonlyArray<Word>, later: ReadonlyArray<ReadonlyArray<Word>>, of = line) => {
  let looks = 0
  const ocr = OcrProvider.of({
    engine: "double",
    granularity: "crop",
    concurrency: 2,
    recognize: () => Effect.sync(() => later[looks++] ?? [])
  })
  return Effect.map(lookAgain(ocr, pageOf(image), layout, new Map([[of, first]])), (readings) => ({
    looks,
    kept: readings.get(of)!.map(({ text, confidence }) => [text, confidence] as const)
  }))
}

describe("lookAgain", () => {
  it.effect("leaves alone what was surely read, and lone signs", () =>
    Effect.gen(function* () {
      const sure = yield* lookedAgain([wordOf("Reading", 0.95)], [])
      assert.deepStrictEqual(sure, { looks: 0, kept: [["Reading", 0.95]] })
      const sign = yield* lookedAgain([wordOf("x", 0.2)], [], { ...line, pieces: pieces.slice(0, 1) })
      assert.deepStrictEqual(sign, { looks: 0, kept: [["x", 0.2]] })
    })
  )

  it.effect("ends with the first look that reads the same, and is no surer than a line that needed none", () =>
    Effect.gen(function* () {
      const { kept, looks } = yield* lookedAgain([wordOf("Reading", 0.8)], [[wordOf("Reading", 0.95)]])
      assert.strictEqual(looks, 1)
      assert.deepStrictEqual(kept, [["Reading", 0.8]])
    })
  )

  it.effect("looks on where two readings alike are both unsure, and not where one of them is sure", () =>
    Effect.gen(function* () {
      const looksAfter = (second: number) =>
        Effect.map(lookedAgain([wordOf("Reading", 0.3)], [[wordOf("Reading", second)]]), ({ looks }) => looks)
      assert.strictEqual(yield* looksAfter(0.9), 1)
      assert.strictEqual(yield* looksAfter(0.4), 3)
    })
  )

  it.effect("keeps what most looks agree on, with their share of the confidence", () =>
    Effect.gen(function* () {
      const later = [[wordOf("Drama", 0.7)], [wordOf("Drama", 0.9)]]
      const { kept, looks } = yield* lookedAgain([wordOf("Drawn", 0.6)], later)
      assert.strictEqual(looks, 2)
      assert.strictEqual(kept[0]![0], "Drama")
      assert.approximately(kept[0]![1], 0.7 * (1.6 / 2.2), 1e-9)
    })
  )

  it.effect("prefers a time to what is none, even where that was read more surely", () =>
    Effect.gen(function* () {
      const later = [[wordOf("13:00", 0.6)], [wordOf("I3CO", 0.3)], [wordOf("B:00", 0.3)]]
      const { kept } = yield* lookedAgain([wordOf("7300", 0.7)], later)
      assert.strictEqual(kept[0]![0], "13:00")
    })
  )

  it.effect("looks again at what begins with digits as a time does and is none, however sure", () =>
    Effect.gen(function* () {
      const { looks } = yield* lookedAgain([wordOf("7300 - 1500", 0.93)], [[wordOf("13:00 - 15:00", 0.9)]])
      assert.isTrue(looks > 0)
    })
  )

  it.effect("is the less sure the more the looks differ", () =>
    Effect.gen(function* () {
      const same = yield* lookedAgain([wordOf("Music", 0.6)], [[wordOf("Music", 0.6)]])
      const differing = [[wordOf("Magic", 0.4)], [wordOf("Mosic", 0.4)], [wordOf("Musie", 0.4)]]
      const different = yield* lookedAgain([wordOf("Music", 0.6)], differing)
      assert.strictEqual(different.kept[0]![0], "Music")
      assert.isTrue(different.kept[0]![1] < same.kept[0]![1] / 2)
    })
  )
})
