import type { Table } from "../table/Table.ts"
import type { CellReading } from "./cellReading.ts"
import { acrossFrom, bestLine, dayKey, dayLines, type HeaderLine, lookAlong, timeLines } from "./headerLines.ts"
import { type TimesOfDays, withoutLines } from "./timesOfDays.ts"

/** A line of times with the headers of the days beside it. */
interface HeadedLine {
  readonly line: HeaderLine
  readonly headers: ReadonlyArray<CellReading>
}

/** Lines that print other times in at least this share of their places are not the same times again. */
const differing = 1 / 3

/**
 * A table for each line of times where every day, or every few days, have one of their own beside their lessons: below
 * the header of the day, or before it as in `Time, Monday, Time, Tuesday`. null where the lines are one day's.
 */
export const partsByTimesBesideDays = (
  table: Table,
  readings: ReadonlyArray<CellReading>
): ReadonlyArray<TimesOfDays> | null => {
  const days = bestLine(dayLines(readings))
  if (days === null) return null
  const lines = timeLines(readings)
    .filter(({ direction }) => direction === acrossFrom[days.direction])
    .toSorted((a, b) => a.index - b.index)
  if (lines.length < 2 || !lines.slice(1).every((line, i) => differ(lines[i]!, line))) return null
  const headed = linesBelow(days, lines) ?? linesBefore(days, lines)
  return (
    headed?.map(({ headers, line }): TimesOfDays => {
      const own = new Set(headers.flatMap(({ days }) => days!.days.flat()))
      return {
        table: withoutLines(
          table,
          lines.filter((other) => other !== line)
        ),
        holdsFor: ({ day }) => day !== null && own.has(day.value)
      }
    }) ?? null
  )
}

const differ = (one: HeaderLine, other: HeaderLine): boolean => {
  const { from } = lookAlong[one.direction]
  const textAt = new Map(other.cells.map((reading) => [from(reading), reading.text.text]))
  const both = one.cells.filter((reading) => textAt.has(from(reading)))
  const unlike = both.filter((reading) => textAt.get(from(reading)) !== reading.text.text)
  return unlike.length >= Math.max(1, differing * both.length)
}

/** Lines that stand below one header each, which rules lessons beside them too. */
const linesBelow = (days: HeaderLine, lines: ReadonlyArray<HeaderLine>): ReadonlyArray<HeadedLine> | null => {
  const place = lookAlong[days.direction]
  const headed = lines.flatMap((line): ReadonlyArray<HeadedLine> => {
    const [from, to] = [place.from(line.cells[0]!), place.to(line.cells[0]!)]
    const header = days.cells.find(
      (cell) =>
        place.from(cell) <= from + 1 && place.to(cell) >= to - 1 && place.to(cell) - place.from(cell) > to - from + 1
    )
    return header ? [{ line, headers: [header] }] : []
  })
  return headed.length === days.cells.length && new Set(headed.flatMap(({ headers }) => headers)).size === lines.length
    ? headed
    : null
}

/** Lines that stand before the headers that they hold for, up to the next line; none stands before the first of them. */
const linesBefore = (days: HeaderLine, lines: ReadonlyArray<HeaderLine>): ReadonlyArray<HeadedLine> | null => {
  const { from } = lookAlong[days.direction]
  const starts = lines.map(({ cells }) => from(cells[0]!))
  const headed = lines.map((line, i) => ({
    line,
    headers: days.cells.filter((cell) => from(cell) > starts[i]! && from(cell) < (starts[i + 1] ?? Infinity))
  }))
  const named = headed.flatMap(({ headers }) => headers.map(dayKey))
  // Days that come again are those of another part of the day.
  const isSplit = named.length === days.cells.length && new Set(named).size === named.length
  return isSplit && headed.every(({ headers }) => headers.length > 0) ? headed : null
}
