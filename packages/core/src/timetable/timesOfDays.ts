import type { Cell, Table } from "../table/Table.ts"
import { type CellReading, isDayHeader, isTimeHeader } from "./cellReading.ts"
import type { Draft } from "./draft.ts"
import { acrossFrom, type HeaderLine, lookAlong, timeLines } from "./headerLines.ts"

/** A table with the times that hold for some of its days, and those days. */
export interface TimesOfDays {
  readonly table: Table
  /** Whether a lesson of the table is one of these times. */
  readonly holdsFor: (draft: Draft) => boolean
}

/** A line of times with the days that its header names, 0 is Monday. */
interface DatedLine {
  readonly line: HeaderLine
  readonly days: ReadonlySet<number>
}

/**
 * A table for each of its times where a line of them is headed by days that other headers name too, such as `Fri times`
 * beside `Friday`: that line holds for those days alone, and the other ones for the rest of the week.
 */
export const partsByTimesOfDays = (
  table: Table,
  readings: ReadonlyArray<CellReading>
): ReadonlyArray<TimesOfDays> | null => {
  const lines = timeLines(readings)
  const dated = lines.flatMap((line) => datedLine(line, lines, readings) ?? [])
  if (dated.length === 0) return null
  const special = new Set(dated.flatMap(({ days }) => [...days]))
  const plain = lines.filter((line) => dated.every((other) => other.line !== line))
  const parts = dated.map(({ days, line }): TimesOfDays => {
    const others = lines.filter((other) => other !== line && other.direction === line.direction)
    return {
      table: without(table, readings, others, line),
      holdsFor: ({ day }) => day !== null && days.has(day.value)
    }
  })
  const rest: TimesOfDays = {
    table: without(
      table,
      readings,
      dated.map(({ line }) => line)
    ),
    holdsFor: ({ day }) => day === null || !special.has(day.value)
  }
  return plain.some(({ direction }) => direction === dated[0]!.line.direction) ? [rest, ...parts] : parts
}

const datedLine = (
  line: HeaderLine,
  lines: ReadonlyArray<HeaderLine>,
  readings: ReadonlyArray<CellReading>
): DatedLine | null => {
  const header = headerOf(line, readings)
  if (!header) return null
  const across = lookAlong[acrossFrom[line.direction]]
  const days = daysOf(header)
  // A column of a day may hold nothing but times; then no other header names that day.
  const named = readings.filter(
    (other) =>
      across.index(other) === across.index(header) &&
      isDayHeader(other) &&
      lines.every((each) => headerOf(each, readings) !== other)
  )
  const elsewhere = new Set(named.flatMap(daysOf))
  return days.every((day) => elsewhere.has(day)) ? { line, days: new Set(days) } : null
}

const daysOf = ({ days }: CellReading): ReadonlyArray<number> => days!.days.map((meant) => meant[0]!)

/** The header of days that stands before the first time of a line. */
const headerOf = (line: HeaderLine, readings: ReadonlyArray<CellReading>): CellReading | undefined => {
  const { from, index } = lookAlong[line.direction]
  const first = Math.min(...line.cells.map(from))
  return readings.findLast(
    (reading) =>
      index(reading) === line.index && from(reading) < first && isDayHeader(reading) && !isTimeHeader(reading)
  )
}

/** The table without the cells of lines, and without the header of the one that stays. */
const without = (
  table: Table,
  readings: ReadonlyArray<CellReading>,
  lines: ReadonlyArray<HeaderLine>,
  staying?: HeaderLine
): Table => {
  const header = staying && headerOf(staying, readings)
  const { cells } = withoutLines(table, lines)
  return { ...table, cells: header ? cells.filter((cell) => cell !== header.cell) : cells }
}

/** The table without the cells of lines; cells that reach beyond theirs stay. */
export const withoutLines = (table: Table, lines: ReadonlyArray<HeaderLine>): Table => {
  const isGone = (cell: Cell): boolean =>
    lines.some(({ direction, index }) =>
      direction === "rows"
        ? cell.columnIndex === index && cell.columnSpan === 1
        : cell.rowIndex === index && cell.rowSpan === 1
    )
  return { ...table, cells: table.cells.filter((cell) => !isGone(cell)) }
}
