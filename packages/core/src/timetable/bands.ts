import type { BoundingBox } from "../document/Page.ts"
import type { Cell, Table } from "../table/Table.ts"
import { type CellReading, isPureTime } from "./cellReading.ts"
import { dayLines, type HeaderLine, timeDirectionOf, timeLines } from "./headerLines.ts"

/**
 * Cuts a table where its headers come again: a second row of days, or under days as rows a second row of times, begins
 * a timetable of its own. Rows above the first headers stay with it as its title.
 */
export const bandsOf = (table: Table, readings: ReadonlyArray<CellReading>): ReadonlyArray<Table> => {
  const days = dayLines(readings)
  const inRows = days.filter(({ direction }) => direction === "columns")
  const asRows = (days[0]?.direction ?? "columns") === "rows"
  const times = timeLines(readings)
  const timesInRows = timeDirectionOf(times, "columns") === "columns" ? times : []
  const headers = asRows ? timesInRows.filter(({ direction }) => direction === "columns") : inRows
  const strongest = Math.max(0, ...headers.map(({ score }) => score))
  const starts = headers
    .filter((line) => line.score >= Math.max(2, asStrong * strongest) || saysNothingElse(line, readings))
    .map(({ index }) => index)
    .toSorted((a, b) => a - b)
    // Headers on neighbouring rows are one header of two rows.
    .filter((index, i, all) => i === 0 || index > all[i - 1]! + 1)
  if (starts.length < 2) return [table]
  const rowCount = table.rowEdges.length - 1
  return starts.map((start, i) => rowsOf(table, i === 0 ? 0 : start, starts[i + 1] ?? rowCount))
}

/** A line with so many of the strongest one's headers begins another band. */
const asStrong = 0.6

/** Whether a row holds times alone, two at least, beside what heads it. */
const saysNothingElse = ({ cells, index }: HeaderLine, readings: ReadonlyArray<CellReading>): boolean => {
  const row = readings.filter(({ cell, isBlank }) => cell.rowIndex === index && cell.columnIndex > 0 && !isBlank)
  return cells.filter(isPureTime).length >= 2 && row.every(isPureTime)
}

/** The part of a table between two of its atomic rows; cells that reach further are cut. */
const rowsOf = (table: Table, from: number, to: number): Table => {
  const rowEdges = table.rowEdges.slice(from, to + 1)
  const [top, bottom] = [rowEdges[0]!, rowEdges.at(-1)!]
  const cells = table.cells.flatMap((cell): ReadonlyArray<Cell> => {
    const first = Math.max(cell.rowIndex, from)
    const end = Math.min(cell.rowIndex + cell.rowSpan, to)
    if (first >= end) return []
    const [y, y2] = [table.rowEdges[first]!, table.rowEdges[end]!]
    const box: BoundingBox = { ...cell.box, y, height: y2 - y }
    return [{ ...cell, rowIndex: first - from, rowSpan: end - first, box }]
  })
  return { ...table, box: { ...table.box, y: top, height: bottom - top }, rowEdges, cells }
}
