import { Effect } from "effect"
import type { Page, Word } from "../document/Page.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import type { OcrProvider } from "../ocr/OcrProvider.ts"
import { middleX, middleY, union } from "../table/geometry.ts"
import { cropStacked, wordOnPage } from "./crop.ts"
import type { PageLayout } from "./pageLayout.ts"
import { type KnownReadings, surenessOf } from "./readLines.ts"
import type { WritingLine } from "./writing.ts"

/** So many letters are a word. */
const leastLetters = 4
/** Letters of a word stand in one column or row up to this share of the text height. */
const aligned = 0.6
/** Letters of one word have nearly the same ground, of 256 levels. */
const sameGround = 24
/** A word that is less sure is no better than its letters one by one. */
const sureFrom = 0.75

/**
 * Reads words whose letters are spread over the cells of a column or row, one a cell, as words: readers know those,
 * hardly single letters. Each letter is handed out in its place; what gives no word of as many letters is left out.
 */
export const readSpread = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  { gray, textHeight }: PageLayout,
  regions: ReadonlyArray<ReadonlyArray<WritingLine>>
): Effect.fn.Return<KnownReadings, OcrError> {
  const readings = yield* Effect.forEach(
    spreadLetters(regions, textHeight),
    (letters) => {
      const crop = cropStacked(gray, asOneLine(letters), page.pageNumber)
      return Effect.map(ocr.recognize(crop.image, { layout: "line" }), (words) =>
        lettersOf(
          words.map((word) => wordOnPage(word, crop, 0)),
          letters
        )
      )
    },
    { concurrency: ocr.concurrency }
  )
  return new Map(readings.flat())
})

/** Columns, then rows, of letters that stand alone in their cells. */
const spreadLetters = (
  regions: ReadonlyArray<ReadonlyArray<WritingLine>>,
  textHeight: number
): ReadonlyArray<ReadonlyArray<WritingLine>> => {
  const lone = regions.flatMap((region) => (region.length === 1 && region[0]!.pieces.length === 1 ? region : []))
  const near = aligned * textHeight
  const columns = groupsOf(lone, ({ box }) => middleX(box), near).filter((group) => group.length >= leastLetters)
  const taken = new Set(columns.flat())
  const rows = groupsOf(
    lone.filter((letter) => !taken.has(letter)),
    ({ box }) => middleY(box),
    near
  ).filter((group) => group.length >= leastLetters)
  return [
    ...columns.map((letters) => letters.toSorted((a, b) => a.box.y - b.box.y)),
    ...rows.map((letters) => letters.toSorted((a, b) => a.box.x - b.box.x))
  ]
}

const groupsOf = (
  letters: ReadonlyArray<WritingLine>,
  place: (letter: WritingLine) => number,
  near: number
): ReadonlyArray<ReadonlyArray<WritingLine>> => {
  const groups: Array<Array<WritingLine>> = []
  for (const letter of letters.toSorted((a, b) => place(a) - place(b))) {
    const group = groups.find(
      ([first]) =>
        Math.abs(place(first!) - place(letter)) <= near && Math.abs(first!.ground - letter.ground) <= sameGround
    )
    if (group) group.push(letter)
    else groups.push([letter])
  }
  return groups
}

const asOneLine = (letters: ReadonlyArray<WritingLine>): WritingLine => ({
  ...letters[0]!,
  box: union(letters.map(({ box }) => box)),
  direction: "stacked",
  pieces: letters.flatMap(({ pieces }) => pieces),
  foreign: letters.flatMap(({ foreign }) => foreign)
})

/** The letters of a word, each as what is read of its own cell. */
const lettersOf = (
  words: ReadonlyArray<Word>,
  letters: ReadonlyArray<WritingLine>
): ReadonlyArray<readonly [WritingLine, ReadonlyArray<Word>]> => {
  const read = words.flatMap((word) => Array.from(word.text, (text) => ({ ...word, text })))
  const isWord = read.every(({ text }) => /\p{L}/u.test(text))
  if (!isWord || read.length !== letters.length || surenessOf(words) < sureFrom) return []
  return letters.map((letter, i) => [letter, [{ ...read[i]!, box: letter.box }]])
}
