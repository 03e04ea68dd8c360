import { type CellReading, isDayHeader } from "./cellReading.ts"
import { findDays } from "./days.ts"
import { dayKey, linesAlong } from "./headerLines.ts"
import { type Language, languages } from "./languages.ts"

/** So many different days tell the language of a line. */
const enoughDays = 3

/**
 * Reads the days of a row or column in the language that knows the most different ones of it, where they are
 * abbreviations that mean nothing, or another day, elsewhere: beside `Mo` and `Mi`, `Di` is Tuesday and no dimanche.
 */
export const withDaysOfLanguage = (readings: ReadonlyArray<CellReading>): ReadonlyArray<CellReading> => {
  const told = new Map<CellReading, CellReading>()
  for (const direction of ["columns", "rows"] as const) {
    for (const line of linesAlong(readings, direction).values()) {
      for (const reading of inItsLanguage(line)) told.set(reading.before, reading.after)
    }
  }
  return told.size === 0 ? readings : readings.map((reading) => told.get(reading) ?? reading)
}

interface Told {
  readonly before: CellReading
  readonly after: CellReading
}

const ofHeaders = languages.filter(({ reach }) => reach === "headers")

const inItsLanguage = (line: ReadonlyArray<CellReading>): ReadonlyArray<Told> => {
  let most = Math.max(enoughDays - 1, countDays(line.filter(isDayHeader)))
  let best: ReadonlyArray<Told> = []
  for (const language of ofHeaders) {
    const read = line.flatMap((reading) => readIn(reading, language))
    const count = countDays(read.map(({ after }) => after))
    if (count > most && goesThroughWeek(read)) [most, best] = [count, read]
  }
  return best
}

const readIn = (reading: CellReading, language: Language): ReadonlyArray<Told> => {
  if (reading.times.length > 0) return []
  const after = { ...reading, days: findDays(reading.text.text, language) }
  return isDayHeader(after) ? [{ before: reading, after }] : []
}

const countDays = (line: ReadonlyArray<CellReading>): number => new Set(line.map(dayKey)).size

/** Whether no day comes before an earlier one of the week. */
const goesThroughWeek = (read: ReadonlyArray<Told>): boolean => {
  const days = read.map(({ after }) => after.days!.days[0]!)
  return days.every((meant, i) => i === 0 || Math.max(...meant) >= Math.min(...days[i - 1]!))
}
