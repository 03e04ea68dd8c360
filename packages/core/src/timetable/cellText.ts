import type { Word } from "../document/Page.ts"
import { median, middleY } from "../table/geometry.ts"
import { type Line, linesOf } from "../table/readingOrder.ts"
import { fold, wordSet } from "./languages.ts"

/** A word and where it stands in the text that it is part of. */
export interface TextPiece {
  readonly word: Word
  readonly from: number
  readonly to: number
}

/** The writing of one cell or heading as text: lines parted by `\n`, broken words and spread letters put together. */
export interface CellText {
  readonly text: string
  readonly pieces: ReadonlyArray<TextPiece>
  readonly lines: ReadonlyArray<Line>
}

/** How often each folded word occurs on the pages; tells whether a broken word is one word elsewhere. */
export type Vocabulary = ReadonlyMap<string, number>

const wordPattern = /[\p{L}\p{M}'’]+/gu

/** Counts the words of all lines, so that fragments can be recognised by their whole. */
export const vocabularyOf = (words: ReadonlyArray<Word>): Vocabulary => {
  const counts = new Map<string, number>()
  for (const { text } of words) {
    for (const [token] of text.matchAll(wordPattern)) {
      const key = fold(token)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return counts
}

const weekdays = wordSet((language) => language.weekdays.map(([name]) => name!))
// A small word of a rare language, such as `e`, is more often the end of a broken word of a common one.
const smallWords = wordSet((language) => (language.reach === "anywhere" ? language.smallWords : []))
const oneLetter = /^\p{L}$/u
/** Stacked letters further apart than this many times the usual distance belong to two words. */
const wordGap = 1.5
/** What is shorter and no small word is the end of a word. */
const shortestWord = 3
/** A line that fills this share of its cell's width may have been broken because the word did not fit. */
const fullLine = 0.7

/** The text of words that belong together; `widthPx` is the room that a line had, along its writing. */
export const cellText = (
  words: ReadonlyArray<Word>,
  room: { readonly widthPx: number; readonly heightPx: number } | null,
  vocabulary: Vocabulary
): CellText => {
  const lines = linesOf(words)
  const stacked = lines.length >= 3 && lines.every((line) => oneLetter.test(line.text))
  const pitch = median(lines.slice(1).map((line, i) => middleY(line.box) - middleY(lines[i]!.box))) ?? 0
  let text = ""
  const pieces: Array<TextPiece> = []
  lines.forEach((line, i) => {
    const before = lines[i - 1]
    if (before && stacked && middleY(line.box) - middleY(before.box) > wordGap * pitch) text += " "
    if (before && !stacked) {
      const joint = jointOf(before, line, room, vocabulary)
      if (joint === "hyphen") text = text.slice(0, -1)
      else if (joint === "none") text += "\n"
    }
    const spread = line.words.length >= 4 && line.words.every((word) => oneLetter.test(word.text))
    line.words.forEach((word, k) => {
      if (k > 0 && !spread) text += " "
      pieces.push({ word, from: text.length, to: text.length + word.text.length })
      text += word.text
    })
  })
  return { text, pieces, lines }
}

/** How two lines go together: parted, one word broken without a mark, or one word broken at a hyphen. */
const jointOf = (
  before: Line,
  after: Line,
  room: { readonly widthPx: number; readonly heightPx: number } | null,
  vocabulary: Vocabulary
): "none" | "broken" | "hyphen" => {
  if (before.rotation !== after.rotation) return "none"
  const [last, first] = [before.words.at(-1)!.text, after.words[0]!.text]
  const head = /[\p{L}\p{M}]+(-?)$/u.exec(last)
  const tail = /^[\p{Ll}\p{M}]+|^[\p{Lu}]+(?![\p{Ll}])/u.exec(first)
  if (!head || !tail) return "none"
  const hyphen = head[1] === "-"
  const [start, end] = [head[0].replace("-", ""), tail[0]]
  const whole = fold(start + end)
  const isDay = weekdays.has(whole)
  // In capitals a hyphen may tie two words, as it does in MON-FRI.
  if (hyphen && (isDay || /^\p{Ll}/u.test(end))) return "hyphen"
  if (isDay) return "broken"
  if (!/^\p{Ll}/u.test(end)) return "none"
  if (smallWords.has(fold(end)) || before.words.length > 1) return "none"
  // Neither a day nor a word in capitals goes on in small letters.
  if (weekdays.has(fold(start)) || /^\p{Lu}{2,}$/u.test(start)) return "none"
  if (vocabulary.has(whole)) return "broken"
  // The end of a word that is broken wherever it stands follows its start alone.
  const often = end.length < shortestWord ? 0 : (vocabulary.get(fold(end)) ?? 0)
  const standsElsewhere = often > Math.max(1, vocabulary.get(fold(start)) ?? 0)
  if (room === null || standsElsewhere) return "none"
  const along = before.rotation % 180 === 0
  const [used, available] = [along ? before.box.width : before.box.height, along ? room.widthPx : room.heightPx]
  return used >= fullLine * available && end.length <= 5 && /^\p{Ll}+$/u.test(end) ? "broken" : "none"
}

/** The words of which any part stands between two places of the text. */
export const wordsBetween = (text: CellText, from: number, to: number): ReadonlyArray<Word> =>
  text.pieces.filter((piece) => piece.from < to && piece.to > from).map(({ word }) => word)
