import { Effect } from "effect"
import type { Page, Word } from "../document/Page.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import type { OcrProvider } from "../ocr/OcrProvider.ts"
import { findDays } from "../timetable/days.ts"
import { findTimes } from "../timetable/times.ts"
import type { PageLayout } from "./pageLayout.ts"
import { type KnownReadings, type Look, readLine, surenessOf } from "./readLines.ts"
import type { WritingLine } from "./writing.ts"

/** Lines that are surer than this are taken as read; no other is ever surer, however often it was looked at. */
const sureFrom = 0.85

/** A line is shown smaller, then larger and with harder edges, then with heavier strokes. */
const looks: ReadonlyArray<Look> = [
  { enlargement: 0.7, tone: (level) => level },
  { enlargement: 1.4, tone: (level) => Math.max(0, Math.min(255, 128 + 2.5 * (level - 128))) },
  { enlargement: 1, tone: (level) => Math.max(0, 255 - 2.2 * (255 - level)) }
]
/** Two readings alike end the looking, unless both are as unsure as this. */
const sureEnough = 0.5
/** A reading that is a time or a day in full counts so many times as much as one that is not. */
const credit = 1.5

/**
 * Reads the lines again that were doubtful, each up to three times and differently prepared, and keeps the reading that
 * most of the looks agree on, by how sure they are and whether it is a time or a day. Its confidence is its share of
 * them.
 */
export const lookAgain = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  layout: PageLayout,
  readings: KnownReadings
): Effect.fn.Return<KnownReadings, OcrError> {
  const doubtful = [...readings].filter(([line, words]) => isDoubtful(line, words))
  const settled = yield* Effect.forEach(
    doubtful,
    ([line, words]) => Effect.map(settle(ocr, page, layout, line, words), (kept) => [line, kept] as const),
    { concurrency: ocr.concurrency }
  )
  return new Map([...readings, ...settled])
})

/** Whether a line was hardly read, or begins as a time does and is none. A lone sign is not worth the time. */
const isDoubtful = (line: WritingLine, words: ReadonlyArray<Word>): boolean =>
  line.pieces.length > 1 && (surenessOf(words) < sureFrom || isGarbledTime(textOf(words)))

const textOf = (words: ReadonlyArray<Word>): string => words.map(({ text }) => text).join(" ")

const isGarbledTime = (text: string): boolean =>
  /^\W*\d/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 3 && !isTimeOrDay(text)

const isTimeOrDay = (text: string): boolean => {
  const mentions = findTimes(text)
  if (mentions.length > 0) {
    const rest = mentions.reduceRight((left, { from, to }) => left.slice(0, from) + left.slice(to), text)
    return !/[\p{L}\p{N}]/u.test(rest) && mentions.every(({ start }) => !start.bare)
  }
  const day = findDays(text)
  return day !== null && day.rest === "" && day.spelling !== "repaired"
}

const settle = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  layout: PageLayout,
  line: WritingLine,
  first: ReadonlyArray<Word>
): Effect.fn.Return<ReadonlyArray<Word>, OcrError> {
  const readings = [first]
  for (const look of looks) {
    readings.push(yield* readLine(ocr, page, layout, line, look))
    const best = mostAgreed(readings)
    if (best.votes > 1 && best.surest >= sureEnough) break
  }
  const { share, words } = mostAgreed(readings)
  return words.map((word) => ({ ...word, confidence: Math.min(sureFrom, share * word.confidence) }))
})

const mostAgreed = (readings: ReadonlyArray<ReadonlyArray<Word>>) => {
  const candidates = [...Map.groupBy(readings, (words) => textOf(words).replaceAll(" ", "")).values()].map((alike) => {
    const weight = alike.reduce((sum, words) => sum + Math.max(least, surenessOf(words)), 0)
    // Spaces are seen best at the usual size, which comes first.
    const words = alike[0]!
    const merit = weight * (isTimeOrDay(textOf(words)) ? credit : 1)
    return { words, weight, votes: alike.length, surest: Math.max(...alike.map(surenessOf)), merit }
  })
  const total = candidates.reduce((sum, { weight }) => sum + weight, 0)
  const best = candidates.reduce((most, other) => (other.merit > most.merit ? other : most))
  return { ...best, share: best.weight / total }
}

/** What a reading weighs at least, and an empty one. */
const least = 0.01
