import { isWithinEdits } from "../internal/editDistance.ts"
import { fold, languages } from "./languages.ts"

const namesOfPeriods = languages.flatMap((language) => language.periodWords)
const periodWords = namesOfPeriods.toSorted((a, b) => b.length - a.length).join("|")
const numbered = new RegExp(
  `^\\(?(?:(?:${periodWords})\\s*\\.?\\s*)?(\\d{1,2})(?:st|nd|rd|th|e|er|eme|ere)?\\)?\\.?(?:\\s*(?:${periodWords}))?$`
)
const roman: ReadonlyMap<string, number> = new Map(
  ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"].map((numeral, i) => [numeral, i + 1])
)

/** The number of a period that a text is: `3`, `(3)`, `Period 3`, `P3`, `3rd`, `III`; null for anything else. */
export const findPeriod = (text: string): number | null => {
  const folded = fold(text)
  const found = numbered.exec(folded)
  if (found) return Number(found[1])
  return roman.get(folded.replace(/^\(|\)$|\.$/g, "")) ?? null
}

const wordAndNumber = /(\p{L}{5,})[\s.]?(\d{1,2})(?!\d)/gu

/** Whether a text names a period by a word: `Period 3`, and not `3`. */
export const namesPeriod = (text: string): boolean => misreadPeriod(text) !== null

/** The number of a period among what else OCR read: `L — Perlod 4 |`; null where no word for a period stands by it. */
export const misreadPeriod = (text: string): number | null => {
  for (const [, word, number] of fold(text).matchAll(wordAndNumber)) {
    if (namesOfPeriods.some((name) => name.length >= 5 && isWithinEdits(name, word!, 1))) return Number(number)
  }
  return null
}
