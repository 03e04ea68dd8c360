import type { CellReading } from "./cellReading.ts"
import { linesAlong } from "./headerLines.ts"
import { fold, languages, wordSet } from "./languages.ts"
import { findTimes, withoutTimes } from "./times.ts"

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
 * its header says so, or one of them is too many letters for anything else, or stands beside a time.
 */
export const withDaysOfLetters = (readings: ReadonlyArray<CellReading>): ReadonlyArray<CellReading> => {
  const told = new Map<CellReading, CellReading>()
  for (const column of linesAlong(readings, "rows").values()) {
    const [first, ...below] = column
      .filter(({ isBlank }) => !isBlank)
      .toSorted((a, b) => a.cell.rowIndex - b.cell.rowIndex)
    if (!first) continue
    const isTitled = dayTitles.has(fold(first.text.text))
    const cells = daysOf(lettersOf(first)) === null ? below : [first, ...below]
    const exact = cells.filter((cell) => daysOf(lettersOf(cell)) !== null)
    if (exact.length < leastRows || 2 * exact.length < cells.length) continue
    const tells = exact.some((cell) => daysOf(lettersOf(cell))!.length >= tellingDays || cell.times.length > 0)
    if (!isTitled && !tells) continue
    const read = cells.flatMap((before) => {
      const parted = exact.includes(before) ? before : lettersParted(before)
      const days = daysOf(lettersOf(parted)) ?? repairedDaysOf(parted)
      return days === null ? [] : [{ before, parted, days }]
    })
    if (read.length < cells.length) continue
    for (const { before, days, parted } of read) {
      if (before.days?.spelling === "name") continue
      const spelling = exact.includes(before) ? "name" : "repaired"
      const isDayAndTime = parted.times.length > 0
      told.set(before, { ...parted, isDayAndTime, days: { days: days.map((day) => [day]), rest: "", spelling } })
    }
  }
  return told.size === 0 ? readings : readings.map((reading) => told.get(reading) ?? reading)
}

/** What a cell says beside one time or none, signs left out; nothing beside several. */
const lettersOf = ({ label, times }: CellReading): string =>
  times.length > 1 ? "" : fold(label).replace(/[\s,/&.-]+/gu, "")

/** Letters that OCR read together with the time behind them, `F10.30-11.10`, apart from it. */
const lettersParted = (reading: CellReading): CellReading => {
  const letters = /^\p{L}+(?=\d)/u.exec(reading.text.text)?.[0]
  if (letters === undefined || reading.cell.words.some(({ source }) => source !== "ocr")) return reading
  const rest = reading.text.text.slice(letters.length).padStart(reading.text.text.length)
  const times = findTimes(rest)
  return { ...reading, times, label: `${letters} ${withoutTimes(rest, times)}`.trim() }
}

/** The days that letters stand for, 0 is Monday; null for other letters. */
const daysOf = (letters: string): ReadonlyArray<number> | null => {
  if (letters === "") return null
  for (const pattern of patterns) {
    const found = pattern.exec(letters)
    if (found) return found.slice(1).flatMap((letter, day) => (letter === undefined ? [] : [day]))
  }
  return null
}

/** The days where OCR saw one letter too many, `MUWF`, and only one way to leave it out gives days. */
const repairedDaysOf = (reading: CellReading): ReadonlyArray<number> | null => {
  if (reading.cell.words.some(({ source }) => source !== "ocr")) return null
  const letters = lettersOf(reading)
  const ways = Array.from(letters, (_, i) => daysOf(letters.slice(0, i) + letters.slice(i + 1)))
  const found = new Map(ways.flatMap((days) => (days === null ? [] : [[days.join(), days] as const])))
  return found.size === 1 ? [...found.values()][0]! : null
}
