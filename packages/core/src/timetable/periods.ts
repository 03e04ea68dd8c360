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

/** Whether a text names a period by a word: `Period 3`, and not `3`. */
export const namesPeriod = (text: string): boolean =>
  fold(text)
    .split(/[^\p{L}]+/u)
    .some((word) => word.length >= shortestName && namesOfPeriods.includes(word))

/** Shorter words, such as `P`, may be signs beside a number. */
const shortestName = 5
