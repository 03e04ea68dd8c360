import * as fc from "fast-check"
import type { Word } from "../../src/index.ts"

/** A word at the left edge of a line 20 px high, as an engine reads it. */
export const wordOf = (text: string, confidence = 0.7, engine = "first", x = 0): Word => ({
  text,
  box: { x, y: 10, width: 10 * text.length, height: 20 },
  rotation: 0,
  confidence,
  source: "ocr",
  engine,
  style: null
})

/** A line of words, each a space after the one before. */
export const lineOf = (text: string, confidence?: number, engine?: string): ReadonlyArray<Word> => {
  let x = 0
  return text
    .split(" ")
    .filter((each) => each !== "")
    .map((each) => {
      const word = wordOf(each, confidence, engine, x)
      x += word.box.width + 10
      return word
    })
}

export const textOf = (words: ReadonlyArray<Word>): string => words.map(({ text }) => text).join(" ")

const text = fc.oneof(
  fc.constantFrom("9:30", "930", "-", "Monday", "Maths", "Récréation", "R00m", "to", "Bel", "Bell", "W", "w", "¢", "–"),
  fc.string({ minLength: 1, maxLength: 6 }).map((each) => each.replace(/\s/g, "") || "x")
)

/** What an engine may read in one line. */
export const readings = (engine: string): fc.Arbitrary<ReadonlyArray<Word>> =>
  fc.array(
    fc
      .record({ text, confidence: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map((word) => wordOf(word.text, word.confidence, engine)),
    { maxLength: 5 }
  )
