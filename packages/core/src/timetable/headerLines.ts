import { type CellReading, isDayHeader, isPeriodHeader, isPureTime, isTimeHeader } from "./cellReading.ts"
import { resolveClocks } from "./clocks.ts"
import { fold, wordSet } from "./languages.ts"
import { namesPeriod } from "./periods.ts"

/** Which way an axis runs: `"columns"`: its headers stand in a row, one a column. */
export type Direction = "columns" | "rows"

/** How to look along a line of headers. */
export interface LinePlace {
  readonly index: (reading: CellReading) => number
  readonly from: (reading: CellReading) => number
  readonly to: (reading: CellReading) => number
}

/** How to look along a row of headers, and along a column of them. */
export const lookAlong: Readonly<Record<Direction, LinePlace>> = {
  columns: {
    index: ({ cell }) => cell.rowIndex,
    from: ({ cell }) => cell.box.x,
    to: ({ cell }) => cell.box.x + cell.box.width
  },
  rows: {
    index: ({ cell }) => cell.columnIndex,
    from: ({ cell }) => cell.box.y,
    to: ({ cell }) => cell.box.y + cell.box.height
  }
}

/** Cells that stand in one row (`"columns"`) or column (`"rows"`), by its index. */
export const linesAlong = (
  readings: ReadonlyArray<CellReading>,
  direction: Direction
): ReadonlyMap<number, ReadonlyArray<CellReading>> => Map.groupBy(readings, lookAlong[direction].index)

/** A row or column of headers of one kind. */
export interface HeaderLine {
  readonly direction: Direction
  readonly index: number
  readonly cells: ReadonlyArray<CellReading>
  readonly score: number
}

/** The line with the highest score, the first of equal ones; null of none. */
export const bestLine = (candidates: ReadonlyArray<HeaderLine>): HeaderLine | null =>
  candidates.reduce<HeaderLine | null>((top, next) => (top === null || next.score > top.score ? next : top), null)

/** Every row and column with its cells of a kind, scored by how many different ones it has. */
const candidatesFor = (
  readings: ReadonlyArray<CellReading>,
  is: (reading: CellReading) => boolean,
  key: (reading: CellReading) => string
): ReadonlyArray<HeaderLine> =>
  (["columns", "rows"] as const).flatMap((direction) =>
    [...linesAlong(readings, direction)].map(([index, line]) => {
      const cells = line.filter(is)
      return { direction, index, cells, score: new Set(cells.map(key)).size }
    })
  )

const timeTitles = wordSet(({ columns }) => [...columns.time, ...columns.start, ...columns.end, ...columns.period, ""])

/** Equal for headers that name the same days. */
export const dayKey = (reading: CellReading): string => JSON.stringify(reading.days!.days)

/**
 * The rows or columns of day headers of a table, best first: they name two different days, or a group of days, or one
 * day that is all that its row says, or all but what heads the times.
 */
export const dayLines = (readings: ReadonlyArray<CellReading>): ReadonlyArray<HeaderLine> => {
  const aloneInRow = ({ cell }: CellReading): boolean =>
    readings.every((other) => other.cell === cell || other.isBlank || other.cell.rowIndex !== cell.rowIndex)
  const besideTitles = ({ cell, days }: CellReading): boolean =>
    cell.rowIndex === 0 &&
    cell.columnIndex > 0 &&
    days!.spelling === "name" &&
    readings.every((other) => other.cell === cell || other.cell.rowIndex > 0 || timeTitles.has(fold(other.text.text)))
  return candidatesFor(readings, isDayHeader, dayKey)
    .filter(
      ({ score, cells, direction }) =>
        score >= 2 ||
        cells.some(({ days }) => days!.days.length >= 2) ||
        (score === 1 && cells.every(direction === "rows" ? aloneInRow : besideTitles))
    )
    .toSorted((a, b) => b.score - a.score)
}

const minimumTimes = 2

/**
 * The rows or columns of time headers of a table, at least two: mostly bare times, or times with labels that go on
 * through the day where no other line has nearly as many.
 */
export const timeLines = (readings: ReadonlyArray<CellReading>): ReadonlyArray<HeaderLine> => {
  const lines = candidatesFor(readings, isTimeHeader, ({ text }) => text.text)
  return lines.filter((line) => {
    const pure = line.cells.filter(isPureTime).length
    if (pure >= minimumTimes && 2 * pure >= line.cells.length) return true
    const rival = lines.some(
      (other) => other !== line && other.direction === line.direction && 2 * other.cells.length > line.cells.length
    )
    return line.cells.length > minimumTimes && !rival && goesOn(line.cells)
  })
}

/** Whether times follow each other, an hour after noon counting on from the morning. */
const goesOn = (cells: ReadonlyArray<CellReading>): boolean => {
  const clocks = resolveClocks(
    cells.map(({ times }) => times[0]!),
    { ordered: true }
  ).map(({ start }) => start.minutes)
  return clocks.every((minutes, i) => i === 0 || minutes > clocks[i - 1]!)
}

/** The rows or columns that count periods upwards, at least two; a bare number among named periods is none. */
export const periodLines = (readings: ReadonlyArray<CellReading>): ReadonlyArray<HeaderLine> =>
  candidatesFor(readings, isPeriodHeader, ({ text }) => text.text).flatMap((line) => {
    const named = line.cells.filter(({ text }) => namesPeriod(text.text))
    const cells = 2 * named.length > line.cells.length ? named : line.cells
    const numbers = cells.map(({ period }) => period!)
    const counts = new Set(numbers).size >= minimumTimes && numbers.every((n, i) => i === 0 || n > numbers[i - 1]!)
    return counts ? [{ ...line, cells }] : []
  })

/** The direction that prints more different times; of equal ones the one across the days, or else down the page. */
export const timeDirectionOf = (lines: ReadonlyArray<HeaderLine>, wanted: Direction | null): Direction | null => {
  const first = wanted ?? "rows"
  const score = (direction: Direction) => bestLine(lines.filter((line) => line.direction === direction))?.score ?? 0
  const [here, there] = [score(first), score(acrossFrom[first])]
  if (here === 0 && there === 0) return null
  return here >= there ? first : acrossFrom[first]
}

/** The direction across. */
export const acrossFrom: Readonly<Record<Direction, Direction>> = { columns: "rows", rows: "columns" }
