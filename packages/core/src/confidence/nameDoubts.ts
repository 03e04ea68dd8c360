import type { Page, Word } from "../document/Page.ts"
import { oncePer } from "../internal/oncePer.ts"
import { fold, languages, plainWeekdays } from "../timetable/languages.ts"
import { findTimes } from "../timetable/times.ts"
import type { ReadBlock } from "./ReadBlock.ts"
import { greatest, placeOf } from "./wordDoubts.ts"

/**
 * What speaks against the names of a document's blocks, with no list of words: lessons recur over the week, so that a
 * word which stands elsewhere too, read there with confidence, is hardly misread.
 */
export const nameDoubts = (blocks: ReadonlyArray<ReadBlock>) => {
  const occurrences = occurrencesIn(blocks)
  const nearly = nearlyAnother(occurrences)
  const accented = new Set(blocks.map(({ page }) => page).filter(mayHaveLostAccents))
  // Lessons recur over the week, and most are spelled alike.
  const spellings = new Map<string, ReturnType<typeof spellingDoubts>>()
  return blocks.map(({ draft: { name }, page }) => {
    const spelling = spellings.get(name.value) ?? spellingDoubts(name.value)
    spellings.set(name.value, spelling)
    const read = name.words.flatMap((word) => tokensOf(word).map((token) => ({ word, token })))
    const support = read.map(({ token, word }) => supportOf(occurrences.get(token)!, word))
    return {
      nameUnsupported: greatest(read.map(({ word }, i) => (1 - word.confidence) * (1 - support[i]!))),
      nameRare: greatest(read.map(({ token }, i) => (token.length < shortestTelling ? 0 : 1 - support[i]!))),
      nameNear: Number(read.some(({ token }) => nearly.has(token))),
      ...spelling,
      nameAccents: Number(accented.has(page) && mayLackAccent(name.value))
    }
  })
}

/** Words shorter than this recur by chance. */
const shortestTelling = 3
/** Words shorter than this have others a letter away by chance. */
const shortestNear = 4
/** Names are seldom longer, in characters. */
const usualLength = 30
/** A name of at least so many letters is the same without an accent, as a tenth of its letters may be misread. */
const longEnough = 10
/** Digits as of a time whose separator was not read. */
const looksLikeClock = /\d[\d\s.:–-]+\d/

/** What speaks against a name by its letters alone. */
const spellingDoubts = (name: string) => ({
  nameShape: Math.min(1, name.split(/\s+/).filter(isOdd).length / 2),
  nameClock: Number(looksLikeClock.test(name) || (/\d/.test(name) && findTimes(name).length > 0)),
  nameLong: Math.min(1, Math.max(0, name.length / usualLength - 1))
})

const tokensOf = oncePer(
  ({ text }: Word): ReadonlyArray<string> => [...fold(text).matchAll(/[\p{L}\p{N}]+/gu)].map(([token]) => token)
)

/** Where a folded word stands in the names, with the surest place and how sure the surest of the others is. */
interface Occurrence {
  readonly places: ReadonlySet<string>
  readonly surest: string
  readonly confidence: number
  readonly elsewhere: number
}

const occurrencesIn = (blocks: ReadonlyArray<ReadBlock>): ReadonlyMap<string, Occurrence> => {
  const found = new Map<string, Map<string, number>>()
  for (const word of blocks.flatMap(({ draft }) => draft.name.words)) {
    for (const token of tokensOf(word)) {
      const places = found.get(token) ?? new Map<string, number>()
      found.set(token, places.set(placeOf(word), word.confidence))
    }
  }
  return new Map(
    [...found].map(([token, places]) => {
      const [[surest, confidence], second] = [...places].toSorted(([, a], [, b]) => b - a) as [
        [string, number],
        ...Array<[string, number]>
      ]
      return [token, { places: new Set(places.keys()), surest, confidence, elsewhere: second?.[1] ?? 0 }]
    })
  )
}

/** The best confidence with which a word stands in another place; 0 where it stands in none. */
const supportOf = ({ confidence, elsewhere, surest }: Occurrence, word: Word): number =>
  placeOf(word) === surest ? elsewhere : confidence

/** The words that are equal to one that stands there at least as often once both have lost a letter at most. */
const nearlyAnother = (occurrences: ReadonlyMap<string, Occurrence>): ReadonlySet<string> => {
  const byShortened = new Map<string, Array<string>>()
  const long = [...occurrences.keys()].filter((token) => token.length >= shortestNear)
  const often = (token: string): number => occurrences.get(token)!.places.size
  for (const token of long.toSorted((a, b) => often(b) - often(a))) {
    for (const shortened of shortenedForms(token)) {
      const alike = byShortened.get(shortened) ?? []
      // Only whether there is another as frequent counts, and the two most frequent tell.
      if (alike.length < 2) byShortened.set(shortened, [...alike, token])
    }
  }
  return new Set(
    long.filter((token) =>
      shortenedForms(token).some((shortened) =>
        byShortened.get(shortened)!.some((other) => other !== token && often(other) >= often(token))
      )
    )
  )
}

/** The word itself, and without each of its letters. */
const shortenedForms = (token: string): ReadonlyArray<string> => [
  token,
  ...Array.from(token, (_, i) => token.slice(0, i) + token.slice(i + 1))
]

const wordsOfOneLetter = /^[&aày]$/iu
const oddShapes = [
  /** A letter alone. */
  /^[^\p{L}\p{N}]*\p{L}[^\p{L}\p{N}]*$/u,
  /** A digit within a word: `R00m`. */
  /\p{L}\d+\p{L}/u,
  /** A capital within a word: `maTHs`. */
  /\p{Ll}\p{Lu}/u,
  /** A sign that no name has. */
  /[^\p{L}\p{M}\p{N}&,./()':;+’‘"“”!?#–—-]/u
]

const isOdd = (word: string): boolean => !wordsOfOneLetter.test(word) && oddShapes.some((shape) => shape.test(word))

const daysOfAccentedLanguages: ReadonlySet<string> = new Set(
  languages.filter(({ hasAccents }) => hasAccents).flatMap((language) => plainWeekdays(language).flat())
)
/** So many different days tell the language of a page, which single letters do not. */
const leastDays = 3

/** Whether a page was read by OCR, and its days are written in a language with accents. */
const mayHaveLostAccents = ({ words }: Page): boolean => {
  const read = words.filter(({ source }) => source === "ocr").map(({ text }) => fold(text))
  return new Set(read.filter((text) => text.length > 1 && daysOfAccentedLanguages.has(text))).size >= leastDays
}

const mayLackAccent = (name: string): boolean =>
  name.length < longEnough && /[aceiou]/iu.test(name) && !/\p{M}/u.test(name.normalize("NFD"))
