import * as fc from "fast-check"
import type { Page, Word } from "../../src/document/Page.ts"
import { readBlocks } from "../../src/timetable/interpretPages.ts"
import { type MadeRows, pageWith } from "../support/pages.ts"

/** A week of three days, four lessons each and a break, all of which recur. */
export const week: MadeRows = [
  ["", "Monday", "Tuesday", "Wednesday"],
  ["9:00 - 10:00", "Maths", "Art", "Science"],
  ["10:00 - 10:20", { text: "Break", columnSpan: 3 }, null, null],
  ["10:20 - 11:20", "Art", "Science", "Maths"],
  ["11:20 - 12:20", "Science", "Maths", "Art"]
]

/** The same page as if engines had read it: every word with the confidence and agreement that `scoreOf` gives it. */
export const asRead = (
  page: Page,
  scoreOf: (word: Word, index: number) => Pick<Word, "confidence" | "agreement">
): Page => ({
  ...page,
  words: page.words.map((word, index) => ({
    ...word,
    source: "ocr",
    engine: "tesseract.js@7",
    ...scoreOf(word, index)
  }))
})

/** A page that one engine read equally well all over. */
export const readBy = (engine: string, rows: MadeRows = week, confidence = 0.96): Page => {
  const page = asRead(pageWith(rows), () => ({ confidence }))
  return { ...page, words: page.words.map((word) => ({ ...word, engine })) }
}

/** The blocks of a page, in the order in which it is read. */
export const blocksOf = (page: Page): ReturnType<typeof readBlocks> => readBlocks([page])

/** How sure an engine is of a word, and whether a second agrees; for every word of {@link week}. */
export const anyScores = fc.array(
  fc.record(
    { confidence: fc.double({ min: 0, max: 1, noNaN: true }), agreement: fc.boolean() },
    { requiredKeys: ["confidence"], noNullPrototype: true }
  ),
  { minLength: 30, maxLength: 30 }
)
