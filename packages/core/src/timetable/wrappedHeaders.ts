import { middleY, union } from "../table/geometry.ts"
import { inReadingOrder } from "../table/readingOrder.ts"
import type { Cell, Table } from "../table/Table.ts"
import { findTimes, withoutTimes } from "./times.ts"

/**
 * Joins rows of a table that nothing draws where the header of the lower one only goes on: `9:05 a.m. - 10:00` and below
 * it `a.m.`, a range broken at its dash, or an end below its start with lessons half-way between them.
 */
export const joinWrappedHeaders = (table: Table): Table => {
  if (table.origin !== "aligned") return table
  const rows = [...Map.groupBy(table.cells, ({ rowIndex }) => rowIndex).values()]
  const joined: Array<{ readonly cells: ReadonlyArray<Cell>; readonly header: string }> = []
  const ends = endsBelowStarts(rows)
  for (const cells of rows) {
    const header = textOf(cells.find(({ columnIndex }) => columnIndex === 0))
    const before = joined.at(-1)
    if (before && (ends.has(cells) || goesOn(before.header, header))) {
      joined[joined.length - 1] = { cells: [...before.cells, ...cells], header: `${before.header} ${header}` }
    } else {
      joined.push({ cells, header })
    }
  }
  if (joined.length === rows.length) return table
  const rowEdges = [...joined.map(({ cells }) => table.rowEdges[cells[0]!.rowIndex]!), table.rowEdges.at(-1)!]
  return {
    ...table,
    rowEdges,
    cells: joined.flatMap(({ cells }, rowIndex) => asOneRow(cells, rowIndex, rowEdges, table.columnEdges))
  }
}

const textOf = (cell: Cell | undefined): string => cell?.words.map(({ text }) => text).join(" ") ?? ""

/** Lessons stand half-way between a start and an end when they are off by at most this share of the way. */
const halfWay = 0.25
/** The same for each of two lines. */
const halfOfTwo = 0.35

/** So many ends that are printed again as the next start tell pairs; starts alone are hardly printed twice. */
const leastAgain = 2

/**
 * The rows that belong to the one above: their header is the end of its start, or they stand between the two. All clocks come in pairs, and some ends are printed
 * again as the next start, or lessons stand between the two.
 */
const endsBelowStarts = (rows: ReadonlyArray<ReadonlyArray<Cell>>): ReadonlySet<ReadonlyArray<Cell>> => {
  const timed = rows.flatMap((row) => {
    const clocks = clocksIn(textOf(row.find(({ columnIndex }) => columnIndex === 0)))
    return clocks === null ? [] : [{ row, clocks }]
  })
  const starts = timed.filter(({ clocks }) => clocks.length === 1).filter((_, i) => i % 2 === 0)
  const pairs = starts.flatMap((start) => {
    const end = timed[timed.indexOf(start) + 1]
    return end?.clocks.length === 1 ? [{ start: start.row, end: end.row }] : []
  })
  // What all days share may stand on a line between the two.
  const below = pairs.map(({ end, start }) => rows.slice(rows.indexOf(start) + 1, rows.indexOf(end) + 1))
  const clocks = timed.flatMap((header) => header.clocks)
  if (pairs.length < 2 || pairs.length < starts.length || clocks.length % 2 === 1) return new Set()
  if (below.some(({ length }) => length > 2)) return new Set()
  const belowStarts = new Set(below.flat())
  const again = clocks.filter((clock, i) => i % 2 === 1 && clock === clocks[i + 1])
  if (again.length >= Math.min(leastAgain, clocks.length / 4)) return belowStarts
  const offsets = pairs.flatMap(({ end, start }) => {
    const [from, to] = [start, end].map((row) => headerOf(row))
    const columns = Map.groupBy(
      [...start, ...end].filter(({ columnIndex, words }) => columnIndex > 0 && words.length > 0),
      ({ columnIndex }) => columnIndex
    )
    // Of a lesson on two lines each stands nearer to the middle than two lessons would.
    return [...columns.values()].flatMap((cells) =>
      cells.map(({ words }) => {
        const offset = (middleY(union(words.map(({ box }) => box))) - from!) / (to! - from!) - 0.5
        return cells.length > 1 ? offset * (halfWay / halfOfTwo) : offset
      })
    )
  })
  const between = offsets.filter((offset) => Math.abs(offset) <= halfWay)
  return offsets.length > 0 && between.length >= mostOf * offsets.length ? belowStarts : new Set()
}

/** So many lessons of the table must stand so. */
const mostOf = 0.9

/** The clocks that a text prints, and nothing else: one, or a start and an end; null where it says anything more. */
const clocksIn = (text: string): ReadonlyArray<string> | null => {
  const times = findTimes(text)
  if (times.length !== 1 || times[0]!.tie === "dash" || withoutTimes(text, times) !== "") return null
  const { end, start } = times[0]!
  return [start, ...(end ? [end] : [])].map(({ hour, minute }) => `${hour}:${minute}`)
}

const headerOf = (row: ReadonlyArray<Cell>): number =>
  middleY(union(row.find(({ columnIndex }) => columnIndex === 0)!.words.map(({ box }) => box)))

/** Whether two lines are one time or range, of which the first alone is less or the second alone is none. */
const goesOn = (first: string, second: string): boolean => {
  const whole = findTimes(`${first} ${second}`)
  const isOne = whole.length === 1 && withoutTimes(`${first} ${second}`, whole) === ""
  return isOne && second !== "" && (endsOpen.test(first) || findTimes(second).length === 0)
}

const endsOpen = /[-–—]\s*$/u

/** The cells of rows as those of one: what shares a column in any of them is one cell. */
const asOneRow = (
  cells: ReadonlyArray<Cell>,
  rowIndex: number,
  rowEdges: ReadonlyArray<number>,
  columnEdges: ReadonlyArray<number>
): ReadonlyArray<Cell> => {
  const merged: Array<Cell> = []
  // What is empty in one row joins nothing in the other.
  const isCovered = (column: number): boolean =>
    cells.some(
      ({ columnIndex, columnSpan, words }) =>
        words.length > 0 && columnIndex <= column && column < columnIndex + columnSpan
    )
  const blank = columnEdges.slice(1).flatMap((_, columnIndex) => {
    const model = cells[0]!
    return isCovered(columnIndex) ? [] : [{ ...model, columnIndex, columnSpan: 1, words: [], fill: null }]
  })
  const written = cells.filter(({ words }) => words.length > 0)
  for (const cell of [...written, ...blank].toSorted((a, b) => a.columnIndex - b.columnIndex)) {
    const last = merged.at(-1)
    const [from, to] = [cell.columnIndex, cell.columnIndex + cell.columnSpan]
    if (last && from < last.columnIndex + last.columnSpan) {
      const columnSpan = Math.max(to, last.columnIndex + last.columnSpan) - last.columnIndex
      merged[merged.length - 1] = { ...last, columnSpan, words: [...last.words, ...cell.words] }
    } else {
      merged.push(cell)
    }
  }
  const [y, bottom] = [rowEdges[rowIndex]!, rowEdges[rowIndex + 1]!]
  return merged.map((cell) => {
    const [x, right] = [columnEdges[cell.columnIndex]!, columnEdges[cell.columnIndex + cell.columnSpan]!]
    return { ...cell, rowIndex, box: { x, y, width: right - x, height: bottom - y }, words: inReadingOrder(cell.words) }
  })
}
