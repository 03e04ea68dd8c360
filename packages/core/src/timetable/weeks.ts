import { fold, languages } from "./languages.ts"

const weekWords = languages.flatMap(({ weekWords }) => weekWords).toSorted((a, b) => b.length - a.length)
const named = new RegExp(`^(?:${weekWords.join("|")})\\.?\\s*([a-d]|[1-4])$`)
const lettered = /^([a-d])$/
/** Before what a cell says of one week: `A: Maths`, `Wk B - Art`, `Week 2 Art`. */
const markBefore = new RegExp(
  `^\\(?(?:(?:${weekWords.join("|")})\\.?\\s*(?:[a-d]|[1-4])(?![\\p{L}\\d])|[a-d](?=\\s?[:)]))\\)?\\s*[:.)–-]?\\s*(?=\\S)`,
  "u"
)

/** The week of a cycle that a text names and nothing else: `Week B` is B; a letter alone where `bare` says so. */
export const findWeek = (text: string, bare = false): string | null => {
  const folded = fold(text).replace(/^[\s([]+|[\s)\].:]+$/g, "")
  const found = named.exec(folded) ?? (bare ? lettered.exec(folded) : null)
  return found ? found[1]!.toUpperCase() : null
}

/** The week that a heading or the corner of a table names: alone, or before or after a dash, comma, colon or bracket. */
export const weekOfHeading = (text: string): string | null =>
  text
    .split(/[-–—,:|()[\]]/)
    .map((part) => findWeek(part))
    .find((week) => week !== null) ?? null

/** A mark of a week at the start of a line. */
export interface WeekMark {
  readonly week: string
  /** Length of the mark and the signs after it. */
  readonly length: number
}

/** The week that a line is marked with, where it begins with such a mark. */
export const weekMarkOf = (line: string): WeekMark | null => {
  const folded = fold(line)
  // Folding keeps the length of most texts; where it does not, places cannot be carried over.
  const mark = folded.length === line.length ? markBefore.exec(folded)?.[0] : undefined
  const week = mark === undefined ? null : findWeek(mark.replace(/[\s:.)–-]+$/, ""), true)
  return week === null ? null : { week, length: mark!.length }
}
