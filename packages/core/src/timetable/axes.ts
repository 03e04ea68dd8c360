import type { CellReading } from "./cellReading.ts"
import type { Hours } from "./clocks.ts"
import { type DaySlot, daySlots } from "./daySlots.ts"
import {
  acrossFrom,
  bestLine,
  type Direction,
  dayLines,
  type HeaderLine,
  lookAlong,
  periodLines,
  timeDirectionOf,
  timeLines
} from "./headerLines.ts"
import { rawSlots } from "./rawSlots.ts"
import { type TimeSlot, timeSlots } from "./timeSlots.ts"
import { type WeekSlot, weekLineBeside, weekSlots } from "./weekSlots.ts"

/** How a table names days and times. */
export interface Axes {
  readonly days: { readonly direction: Direction; readonly slots: ReadonlyArray<DaySlot> } | null
  readonly times: {
    readonly direction: Direction
    readonly slots: ReadonlyArray<TimeSlot>
    /** Whether a header prints two times, or two lines of headers print different ranges for the same slots. */
    readonly isContradicted: boolean
  } | null
  /** Weeks of a cycle, where headers beside the days name them. */
  readonly weeks: { readonly direction: Direction; readonly slots: ReadonlyArray<WeekSlot> } | null
  /** Rows and columns that hold headers, not lessons. */
  readonly headerRows: ReadonlySet<number>
  readonly headerColumns: ReadonlySet<number>
}

/**
 * Finds which headers of a table are days and which are times, am and pm by the hours `within` which a heading puts the
 * table. null where the table has neither.
 */
export const findAxes = (readings: ReadonlyArray<CellReading>, within: Hours | null = null): Axes | null => {
  const dayLine = bestLine(dayLines(readings))
  const times = timeLines(readings)
  const periods = periodLines(readings).filter((line) => !isUnderDay(line, dayLine))
  const along = (direction: Direction, lines: ReadonlyArray<HeaderLine>) =>
    lines.filter((line) => line.direction === direction)
  const wanted = dayLine ? acrossFrom[dayLine.direction] : null
  const direction = timeDirectionOf(times, wanted)
  const timeHeaders = direction ? along(direction, times) : []
  const periodDirection = direction ?? wanted
  const periodHeaders = periodDirection && dayLine ? along(periodDirection, periods) : []
  if (!dayLine && timeHeaders.length === 0) return null

  const timeDirection = direction ?? (periodHeaders.length > 0 ? periodDirection : null)
  const weekLine = dayLine ? weekLineBeside(dayLine, readings) : null
  const headers = [dayLine, weekLine, ...timeHeaders, ...periodHeaders].filter((line) => line !== null)
  const indices = (of: Direction) => new Set(headers.filter((line) => line.direction === of).map(({ index }) => index))
  const corner = dayLine ? Math.max(-1, ...indices(acrossFrom[dayLine.direction])) : -1
  const aside = ({ cell }: CellReading): boolean => {
    const [at, span] =
      dayLine?.direction === "rows" ? [cell.rowIndex, cell.columnSpan] : [cell.columnIndex, cell.rowSpan]
    return at <= corner || span > 2
  }
  return {
    days: dayLine ? { direction: dayLine.direction, slots: daySlots(dayLine, readings, aside) } : null,
    times: timeDirection
      ? {
          direction: timeDirection,
          slots: timeSlots(rawSlots(readings, timeDirection, timeHeaders, periodHeaders, dayLine), within),
          isContradicted: timeHeaders.some(
            (line, i) =>
              line.cells.some(({ times }) => times.length > 1) ||
              timeHeaders.slice(i + 1).some((other) => printOtherRanges(line, other))
          )
        }
      : null,
    weeks: weekLine ? { direction: weekLine.direction, slots: weekSlots(weekLine) } : null,
    headerRows: indices("columns"),
    headerColumns: indices("rows")
  }
}

/** Two lines that differ in fewer places print the same times, of which some were misread. */
const leastOther = 2

/** Whether two lines of headers print ranges that begin at different times in most of the places that they share. */
const printOtherRanges = (line: HeaderLine, other: HeaderLine): boolean => {
  const { from } = lookAlong[line.direction]
  const starts = (of: HeaderLine) =>
    new Map(
      of.cells.flatMap((cell) => {
        const [mention] = cell.times
        return mention?.end ? [[from(cell), 60 * mention.start.hour + mention.start.minute] as const] : []
      })
    )
  const [here, there] = [starts(line), starts(other)]
  const shared = [...here].filter(([at]) => there.has(at))
  const unlike = shared.filter(([at, start]) => there.get(at) !== start)
  return unlike.length >= leastOther && 2 * unlike.length > shared.length
}

/** Numbers below a day, or beside one, count what is in it: those of a calendar are dates. */
const isUnderDay = (line: HeaderLine, days: HeaderLine | null): boolean =>
  days !== null &&
  days.direction !== line.direction &&
  days.cells.some(({ cell }) => (line.direction === "rows" ? cell.columnIndex : cell.rowIndex) === line.index)
