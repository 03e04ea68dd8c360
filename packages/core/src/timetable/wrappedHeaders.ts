import { inReadingOrder } from "../table/readingOrder.ts"
import type { Cell, Table } from "../table/Table.ts"
import { findTimes, withoutTimes } from "./times.ts"

/**
 * Joins rows of a table that nothing draws where the header of the lower one only goes on: `9:05 a.m. - 10:00` and below
 * it `a.m.`, or a range broken at its dash.
 */
export const joinWrappedHeaders = (table: Table): Table => {
  if (table.origin !== "aligned") return table
  const rows = [...Map.groupBy(table.cells, ({ rowIndex }) => rowIndex).values()]
  const joined: Array<{ readonly cells: ReadonlyArray<Cell>; readonly header: string }> = []
  for (const cells of rows) {
    const header = textOf(cells.find(({ columnIndex }) => columnIndex === 0))
    const before = joined.at(-1)
    if (before && goesOn(before.header, header)) {
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
  for (const cell of cells.toSorted((a, b) => a.columnIndex - b.columnIndex)) {
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
