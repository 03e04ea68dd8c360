import type { CellReading } from "./cellReading.ts"
import { linesAlong } from "./headerLines.ts"
import { fold, languages, wordSet } from "./languages.ts"

/** One expression a language, with a group for each day of the week. */
const patterns = languages.flatMap(({ dayLetters }) =>
  dayLetters === undefined
    ? []
    : [new RegExp(`^${dayLetters.map((letters) => `(${letters.join("|")})?`).join("")}$`, "u")]
)
const dayTitles = wordSet(({ columns }) => columns.day)

/** Initials of a person or a class may be letters of days; in one column they are not all, and none so many. */
const tellingDays = 3
/** A column of one row shows no habit. */
const leastRows = 2

/**
 * Reads days whose letters run together, as courses have them (`MWF`, `TTh 9:30 - 10:45`), in a column of nothing else:
 * its header says so, or one of them is too many letters for anything else.
 */
export const withDaysOfLetters = (readings: ReadonlyArray<CellReading>): ReadonlyArray<CellReading> => {
  const told = new Map<CellReading, CellReading>()
  for (const column of linesAlong(readings, "rows").values()) {
    const [first, ...below] = column
      .filter(({ isBlank }) => !isBlank)
      .toSorted((a, b) => a.cell.rowIndex - b.cell.rowIndex)
    if (!first) continue
    const isTitled = dayTitles.has(fold(first.text.text))
    const cells = daysOf(first) === null ? below : [first, ...below]
    const read = cells.flatMap((before) => {
      const days = daysOf(before)
      return days === null ? [] : [{ before, days }]
    })
    if (read.length < leastRows || read.length < cells.length) continue
    if (!isTitled && !read.some(({ days }) => days.length >= tellingDays)) continue
    for (const { before, days } of read) {
      if (before.days?.spelling === "name") continue
      const isDayAndTime = before.times.length > 0
      told.set(before, {
        ...before,
        isDayAndTime,
        days: { days: days.map((day) => [day]), rest: "", spelling: "name" }
      })
    }
  }
  return told.size === 0 ? readings : readings.map((reading) => told.get(reading) ?? reading)
}

/** The days that a cell gives by letters, beside one time or none; 0 is Monday. */
const daysOf = ({ label, times }: CellReading): ReadonlyArray<number> | null => {
  if (times.length > 1) return null
  const letters = fold(label).replace(/[\s,/&.-]+/gu, "")
  if (letters === "") return null
  for (const pattern of patterns) {
    const found = pattern.exec(letters)
    if (found) return found.slice(1).flatMap((letter, day) => (letter === undefined ? [] : [day]))
  }
  return null
}
