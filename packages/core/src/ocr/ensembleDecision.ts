import type { Word } from "../document/Page.ts"
import { findDays } from "../timetable/days.ts"
import { languages } from "../timetable/languages.ts"
import { compactReading, type ReadingPair } from "./ensembleAlignment.ts"

/** What is left of the doubt in a word when a second engine reads the same. */
const doubtAfterAgreement = 0.1

/** Words that two engines read alike are right this often at least, however unsure the first was. */
const agreedFloor = 0.98

/** Where two engines differ, the chosen reading is right about this often. */
const disputedCeiling = 0.75

/** Letters that only one engine saw must be this sure: in grain and remains of borders each sees some of its own. */
const aloneFrom = { primary: 0.85, secondary: 0.9 }

/** From here on the first engine's digits were right in 298 of 298 made lines. */
const sureDigitsFrom = 0.95

/** Who reads, and what the second can spell. */
export interface EnsembleEngines {
  readonly primary: string
  readonly secondary: string
  /** Whether the second engine's alphabet has every character of a text. */
  readonly covers: (text: string) => boolean
}

/** How words are named that both engines read alike. */
export const agreedEngine = ({ primary, secondary }: EnsembleEngines): string => `${primary}+${secondary}`

/**
 * One of two readings, whole. Where both are equal but for spaces, the first engine's words with more confidence; where
 * they differ in accents and capitals alone, the one with more of them as it is; else the more credible with at most its
 * own confidence and no more than a disputed reading deserves. Where the second engine cannot
 * spell what the first read, it has no say and nothing changes.
 */
export const decideReading = (pair: ReadingPair, engines: EnsembleEngines): ReadonlyArray<Word> => {
  const { primary, secondary } = pair
  const read = compactReading(primary)
  if (read === compactReading(secondary)) {
    return primary.map((word) => ({
      ...word,
      confidence: Math.max(agreedFloor, 1 - doubtAfterAgreement * (1 - word.confidence)),
      engine: agreedEngine(engines),
      agreement: true
    }))
  }
  if (!engines.covers(read.replace(/\P{L}/gu, ""))) return primary
  // Both saw the same letters. Accents and capitals are lost more often than invented.
  if (plain(read) === plain(compactReading(secondary))) {
    return marksOf(read) >= marksOf(compactReading(secondary)) ? primary : secondary
  }
  const chosen = isPrimaryBetter(pair) ? primary : secondary
  return chosen.map((word) => ({ ...word, confidence: Math.min(word.confidence, disputedCeiling), agreement: false }))
}

const isPrimaryBetter = ({ primary, secondary }: ReadingPair): boolean => {
  if (primary.length === 0) return leastSure(secondary) < aloneFrom.secondary
  // A dash says that nothing is there, which an engine taught on words may not see.
  if (secondary.length === 0) return !hasLetters(primary) || leastSure(primary) >= aloneFrom.primary
  const first = compactReading(primary)
  const second = compactReading(secondary)
  for (const isCredible of [isClockTime, isDay, isTie, hasNoDigitInside]) {
    const credible = isCredible(first, primary)
    if (credible !== isCredible(second, secondary)) return credible
  }
  // Who saw less than half the letters missed the others, however sure of its own.
  if (2 * second.length < first.length) return true
  if (2 * first.length < second.length) return false
  // The second engine reads digits drawn out, which the first does not.
  if (hasDigits(second)) return hasDigits(first) && leastSure(primary) >= sureDigitsFrom
  // Each engine's own scale, yet of 126 disputed words without digits the surer one was right 73 times, of 83 that
  // either had right; leaving the choice to a threshold for each engine, 57 times.
  return leastSure(primary) >= leastSure(secondary)
}

const hasLetters = (words: ReadonlyArray<Word>): boolean => words.some(({ text }) => /[\p{L}\d]/u.test(text))

const leastSure = (words: ReadonlyArray<Word>) => Math.min(...words.map(({ confidence }) => confidence))

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
const marksOf = (text: string) => text.normalize("NFD").match(/[\p{M}\p{Lu}]/gu)?.length ?? 0

/** Whether a text has a digit: it may be a time, and times decide most. */
export const hasDigits = (text: string): boolean => /\d/.test(text)

const clock = /^\W*(?:[01]?\d|2[0-4])[:.h][0-5]\d(?!\d)/i

/** Begins with a clock time whose hours and minutes are set apart, as an engine that loses a sign does not give it. */
const isClockTime = (text: string): boolean => clock.test(text)

const isDay = (_: string, words: ReadonlyArray<Word>): boolean => {
  const mention = findDays(words.map(({ text }) => text).join(" "))
  return mention !== null && mention.rest === "" && mention.spelling === "name"
}

const ties = new Set(languages.flatMap(({ rangeWords }) => rangeWords))

const isTie = (text: string): boolean => ties.has(text.toLowerCase())

/** "R00m" and "M0nday" are no words; "P1" and "9h30" may be. */
const hasNoDigitInside = (text: string): boolean => !/\p{L}\d+\p{L}/u.test(text)
