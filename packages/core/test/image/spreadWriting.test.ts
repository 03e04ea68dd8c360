import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { PageImage, Word } from "../../src/document/Page.ts"
import { layoutOf } from "../../src/image/pageLayout.ts"
import { readSpread } from "../../src/image/spreadWriting.ts"
import type { WritingLine } from "../../src/image/writing.ts"
import { OcrProvider } from "../../src/ocr/OcrProvider.ts"
import { pageOf, raster, word } from "./raster.ts"

const image = raster(500, 400)
for (let i = 0; i < 5; i++) word(image, 60, 40 + 60 * i, 1, 18)
for (let i = 0; i < 5; i++) word(image, 160 + 60 * i, 340, 1, 18)
const layout = { ...layoutOf(pageOf(image), image), textHeight: 24 }

const letter = (x: number, y: number): WritingLine => {
  const box = { x, y, width: 12, height: 18 }
  return { box, direction: "level", pieces: [box], foreign: [], ground: 255, tone: 0 }
}
const column = Array.from({ length: 5 }, (_, i) => letter(60, 40 + 60 * i))
const row = Array.from({ length: 5 }, (_, i) => letter(160 + 60 * i, 340))

const answering = (text: string, confidence = 0.9) => {
  const shown: Array<PageImage> = []
  const service = OcrProvider.of({
    engine: "double",
    granularity: "crop",
    concurrency: 2,
    recognize: (crop) =>
      Effect.sync(() => {
        shown.push(crop)
        const box = { x: 10, y: 10, width: crop.widthPx - 20, height: crop.heightPx - 20 }
        return [{ text, box, rotation: 0, confidence, source: "ocr", engine: "double", style: null } satisfies Word]
      })
  })
  return { service, shown }
}

const readFrom = (service: OcrProvider["Service"], cells: ReadonlyArray<ReadonlyArray<WritingLine>>) =>
  readSpread(service, pageOf(image), layout, cells)

const cellsOf = (letters: ReadonlyArray<WritingLine>) => letters.map((line) => [line])

describe("readSpread", () => {
  it.effect("reads letters that stand alone in the cells of a column as one word, and hands each to its cell", () =>
    Effect.gen(function* () {
      const { service, shown } = answering("PAUSE")
      const readings = yield* readFrom(service, cellsOf([...column].reverse()))
      assert.strictEqual(shown.length, 1)
      assert.deepStrictEqual(
        column.map((line) => readings.get(line)!.map(({ box, text }) => [text, box])),
        [..."PAUSE"].map((text, i) => [[text, column[i]!.box]])
      )
    })
  )

  it.effect("reads those of a row too", () =>
    Effect.gen(function* () {
      const { service, shown } = answering("PAUSE")
      const readings = yield* readFrom(service, cellsOf(row))
      assert.isTrue(shown[0]!.widthPx > 3 * shown[0]!.heightPx)
      assert.strictEqual(row.map((line) => readings.get(line)![0]!.text).join(""), "PAUSE")
    })
  )

  it.effect("leaves letters to be read one by one where they make no word of as many letters", () =>
    Effect.gen(function* () {
      for (const { service } of [answering("PAUE"), answering("12345"), answering("PAUSE", 0.4)]) {
        assert.strictEqual((yield* readFrom(service, cellsOf(column))).size, 0)
      }
    })
  )

  it.effect("takes no letter from a cell that says more, and no few letters for a word", () =>
    Effect.gen(function* () {
      const { service, shown } = answering("PAUSE")
      yield* readFrom(service, [column.slice(0, 2), ...cellsOf(column.slice(2))])
      assert.strictEqual(shown.length, 0)
    })
  )
})
