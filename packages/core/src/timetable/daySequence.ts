import { editDistance } from "../internal/editDistance.ts"
import { type CellReading, isDayHeader } from "./cellReading.ts"
import type { Direction } from "./headerLines.ts"
import { lookAlong } from "./headerLines.ts"
import { fold, type Language, languages, plainWeekdays } from "./languages.ts"

/** Headers of days stand in one of so many rows or columns. */
const headerDepth = 4
/** A week has from so many to so many days. */
const weekLengths = [5, 6, 7] as const
/** So many cells may stand before the first day: the corners of a table with headers of times in several lines. */
const corners = 3

/** A text that is no more alike to a day than this tells against that day, less alike ones more. */
const indifferent = 0.35
const alike = 0.6
/** So much likeness to days, counted in days, tells a line of days. */
const enoughLikeness = 1.3
/** The next best reading of the line must be this much worse, in days. */
const margin = 0.6
/** What it says for a line that it holds no days at all. */
const noDays = 0
/** Words so long and read so surely that they are what they say. */
const plainWord = { letters: 5, confidence: 0.8 }

interface Placement {
  readonly score: number
  /** The day of each cell of the line, 0 is Monday; null for cells that stand beside the week. */
  readonly days: ReadonlyArray<number | null>
  /** How many headers are alike to their days, and how alike all of them together. */
  readonly alike: number
  readonly likeness: number
}

/**
 * Names the day headers that OCR could not read by their place in the week: a row or column whose readable headers are
 * days that follow each other in the order of the week, each at its place, where no other way to place them is as good.
 * Readings of native text are returned as they are.
 */
export const placeDays = (readings: ReadonlyArray<CellReading>): ReadonlyArray<CellReading> => {
  if (!readings.some(({ cell }) => cell.words.some(({ source }) => source === "ocr"))) return readings
  const placed = new Map<CellReading, number>()
  for (const direction of ["columns", "rows"] as const) {
    for (const line of linesOf(readings, direction)) {
      if (line.every(isDayHeader)) continue
      bestPlacement(line)?.days.forEach((day, i) => {
        if (day !== null) placed.set(line[i]!, day)
      })
    }
  }
  return readings.map((reading) => {
    const day = placed.get(reading)
    if (day === undefined || (isDayHeader(reading) && reading.days?.days.some((days) => days.includes(day)))) {
      return reading
    }
    return {
      ...reading,
      days: { days: [[day]], rest: "", spelling: "placed" },
      times: [],
      isDayAndTime: false,
      isBlank: false
    }
  })
}

const linesOf = (
  readings: ReadonlyArray<CellReading>,
  direction: Direction
): ReadonlyArray<ReadonlyArray<CellReading>> => {
  const { index, from } = lookAlong[direction]
  return [...Map.groupBy(readings, index)]
    .filter(([at]) => at < headerDepth)
    .map(([, line]) => line.toSorted((a, b) => from(a) - from(b)))
}

/** How much each header of a line speaks for each day of the week, for each language. */
type Likenesses = ReadonlyMap<Language, ReadonlyArray<ReadonlyArray<number>>>

const bestPlacement = (line: ReadonlyArray<CellReading>): Placement | null => {
  if (line.length < weekLengths[0]) return null
  const likenesses = likenessesOf(line.slice(0, corners + weekLengths.at(-1)!))
  const placements = weekLengths.flatMap((length) =>
    Array.from({ length: corners + 1 }, (_, first) => first).flatMap((first) =>
      first + length <= line.length
        ? languages.flatMap((language) =>
            Array.from({ length: 8 - length }, (_, monday) =>
              placementOf(line, first, length, monday, likenesses.get(language)!)
            )
          )
        : []
    )
  )
  const [best, ...others] = placements.toSorted((a, b) => b.score - a.score || likelier(a, b))
  if (!best) return null
  const rival = others.find(({ days }) =>
    days.some((day, i) => day !== null && best.days[i] !== null && day !== best.days[i])
  )
  const enough = best.alike >= Math.max(2, 0.4 * count(best)) && best.likeness >= enoughLikeness
  // That the line holds no days is a reading too: as often as not it is a line of lessons.
  const next = Math.max(noDays, rival?.score ?? noDays)
  return enough && best.score - next >= margin ? best : null
}

/** Of two that say as much, the week that begins on a Monday, then the shorter one. */
const likelier = (a: Placement, b: Placement): number =>
  Number(b.days.includes(0)) - Number(a.days.includes(0)) || count(a) - count(b)

const count = ({ days }: Placement): number => days.filter((day) => day !== null).length

const placementOf = (
  line: ReadonlyArray<CellReading>,
  first: number,
  length: number,
  monday: number,
  likenesses: ReadonlyArray<ReadonlyArray<number>>
): Placement => {
  const days = line.map((_, i) => (i >= first && i < first + length ? monday + i - first : null))
  const given = Array.from({ length }, (_, i) => likenesses[first + i]![monday + i]!)
  const likely = given.filter((value) => value + indifferent >= alike)
  return {
    days,
    score: given.reduce((sum, value) => sum + value, 0),
    alike: likely.length,
    likeness: likely.reduce((sum, value) => sum + value + indifferent, 0)
  }
}

/** The names of Monday to Sunday in each language that a header may be alike to. */
const namesOfDays = new Map(
  languages.map((language) => [
    language,
    plainWeekdays(language).map((names) => names.filter((name) => name.length >= 3))
  ])
)

const likenessesOf = (headers: ReadonlyArray<CellReading>): Likenesses => {
  const likenessInHeaders = headers.map(likenessIn)
  return new Map(
    Array.from(namesOfDays, ([language, weekdays]) => [
      language,
      likenessInHeaders.map((likenessOf) => weekdays.map(likenessOf))
    ])
  )
}

/** How much a header speaks for a day by its names: 0 where it says nothing, less where it says something else. */
const likenessIn = (reading: CellReading): ((names: ReadonlyArray<string>) => number) => {
  if (reading.times.length > 0) return () => -2
  const { words } = reading.cell
  if (words.length === 0) return () => 0
  const tokens = fold(reading.text.text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== "")
  const saysElse = words.some(
    ({ text, confidence }) => text.length >= plainWord.letters && confidence >= plainWord.confidence
  )
  return (names) => {
    const best = Math.max(0, ...tokens.flatMap((token) => names.map((name) => similarity(token, name))))
    if (best >= alike) return best - indifferent
    if (reading.days?.spelling === "name") return -2
    return saysElse ? -1 : Math.max(0, best - indifferent)
  }
}

/** Words of three letters are all alike: "Mrs" is no "mar" (mardi). */
const fewestLetters = 4

const similarity = (token: string, name: string): number => {
  const longer = Math.max(token.length, name.length)
  return token === name ? 1 : longer < fewestLetters ? 0 : 1 - editDistance(token, name) / longer
}
