import { describe, expect, it } from "vitest"
import type { BoundingBox, Word } from "../../src/document/Page.ts"
import { joinCloseWords } from "../../src/image/closeWords.ts"

const lineHeight = 30

const read = (text: string, x: number, width: number, confidence = 0.8): Word => ({
  text,
  box: { x, y: 0, width, height: lineHeight },
  rotation: 0,
  confidence,
  source: "ocr",
  engine: "none",
  style: null
})

/** Letters 10 pixels wide at these places. */
const inkAt = (...places: ReadonlyArray<number>): ReadonlyArray<BoundingBox> =>
  places.map((x) => ({ x, y: 0, width: 10, height: lineHeight }))

const joined = (words: ReadonlyArray<Word>, pieces: ReadonlyArray<BoundingBox>) =>
  joinCloseWords(words, pieces, lineHeight).map(({ box, confidence, text }) => [text, box.x, box.width, confidence])

describe("joinCloseWords", () => {
  it("puts words together between which no space is written, as unsure as the less sure one", () => {
    const words = [read("Pic", 0, 34, 0.9), read("nic", 36, 34, 0.6)]
    expect(joined(words, inkAt(0, 12, 24, 36, 48, 60))).toEqual([["Picnic", 0, 70, 0.6]])
  })

  it("keeps words apart with a space between them", () => {
    const words = [read("Pic", 0, 34), read("nic", 46, 34)]
    expect(joined(words, inkAt(0, 12, 24, 46, 58, 70)).map(([text]) => text)).toEqual(["Pic", "nic"])
  })

  it("keeps words apart that the reader sees far from each other, though a stroke runs through both", () => {
    const words = [read("Mon", 0, 34), read("Tue", 60, 34)]
    const underlined = [{ x: 0, y: 28, width: 94, height: 2 }]
    expect(joined(words, underlined).map(([text]) => text)).toEqual(["Mon", "Tue"])
  })

  it("keeps digits and signs apart from words", () => {
    const words = [read("Art", 0, 34), read("2", 36, 10), read("-", 47, 6)]
    expect(joined(words, inkAt(0, 12, 24, 36, 47)).map(([text]) => text)).toEqual(["Art", "2", "-"])
  })
})
