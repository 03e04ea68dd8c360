import { sharesHalf } from "../table/geometry.ts"
import { type CellReading, isDayHeader, isPeriodHeader, isTimeHeader } from "./cellReading.ts"
import { type Direction, lookAlong } from "./headerLines.ts"
import { namesBreak } from "./languages.ts"

/** Periods are counted in one of so many first rows or columns. */
const headerDepth = 2
/** So many numbers must be read before they tell the others. */
const leastRead = 3
/** So large a share of the numbers read must be those that counting gives. */
const agreeing = 0.6
/** A cell over so many days holds a break, or what all of them share. */
const manyDays = 3
/** Of more places that may or may not be a period, too many ways to count would have to be tried. */
const mostOpen = 6
/** What it costs to count a place that looks like none; a number that is read otherwise costs 1. */
const unlikely = 0.5

/** A header of a period, or what stands in its place, and what its column or row holds. */
interface Place {
  readonly reading: CellReading
  readonly number: number | null
  /** Whether a lesson of one day is there, so that the place is a period. */
  readonly holdsLessons: boolean
}

/**
 * Counts the periods that OCR did not read or misread: periods follow each other by one wherever there are lessons, and
 * a break has no number. Where two ways to count are as good, and for native text, readings are returned as they are.
 */
export const countPeriods = (readings: ReadonlyArray<CellReading>): ReadonlyArray<CellReading> => {
  if (!readings.some(({ cell }) => cell.words.some(({ source }) => source === "ocr"))) return readings
  const counted = new Map<CellReading, number>()
  for (const direction of ["columns", "rows"] as const) {
    for (let index = 0; index < headerDepth; index++) {
      const places = placesOf(readings, direction, index)
      if (places) for (const [place, number] of countOf(places) ?? []) counted.set(place.reading, number)
    }
  }
  return readings.map((reading) => {
    const period = counted.get(reading)
    return period === undefined || period === reading.period
      ? reading
      : { ...reading, period, label: `${period}`, isBlank: false }
  })
}

/** The places of a line of periods, from the first number on; null where the line heads something else. */
const placesOf = (
  readings: ReadonlyArray<CellReading>,
  direction: Direction,
  index: number
): ReadonlyArray<Place> | null => {
  const { from, index: indexOf, to } = lookAlong[direction]
  const line = readings.filter((reading) => indexOf(reading) === index).toSorted((a, b) => from(a) - from(b))
  if (line.some((reading) => isDayHeader(reading) || isTimeHeader(reading))) return null
  const body = readings.filter((reading) => indexOf(reading) > index && !reading.isBlank)
  const first = line.findIndex(isPeriodHeader)
  const read = line.filter(isPeriodHeader).length
  if (read < leastRead) return null
  return line.slice(first).map((reading): Place => {
    const below = body.filter((other) => sharesHalf(from(reading), to(reading), from(other), to(other)))
    const spans = ({ cell }: CellReading): number => (direction === "columns" ? cell.rowSpan : cell.columnSpan)
    const lessons = below.filter((other) => spans(other) < manyDays && !namesBreak(other.text.text))
    return {
      reading,
      number: isPeriodHeader(reading) ? reading.period : null,
      holdsLessons: lessons.length > 0 && below.every((other) => spans(other) < manyDays)
    }
  })
}

/** The number of each place by the one best way to count; null where there is none. */
const countOf = (places: ReadonlyArray<Place>): ReadonlyMap<Place, number> | null => {
  const open = places.filter(({ holdsLessons, number }) => !holdsLessons && number === null)
  if (open.length > mostOpen) return null
  const first = places[0]!.number!
  const ways = Array.from({ length: 2 ** open.length }, (_, choice) => {
    const isCounted = (place: Place): boolean => !open.includes(place) || ((choice >> open.indexOf(place)) & 1) === 1
    const numbers = new Map(places.filter(isCounted).map((place, i) => [place, first + i]))
    const wrong = places.filter((place) => place.number !== null && numbers.get(place) !== place.number).length
    return { numbers, wrong, cost: wrong + unlikely * open.filter(isCounted).length }
  }).toSorted((a, b) => a.cost - b.cost)
  const [best, next] = ways
  const read = places.filter(({ number }) => number !== null).length
  const isSure = best!.wrong <= (1 - agreeing) * read && (next === undefined || next.cost > best!.cost)
  return isSure ? best!.numbers : null
}
