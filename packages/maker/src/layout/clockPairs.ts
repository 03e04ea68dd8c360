import { type Cell, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { printClock } from "../week/clock.ts"
import { pickGridOptions } from "./dayGrids.ts"
import { makeGrid } from "./grid.ts"
import type { Layout, LayoutContext } from "./Layout.ts"

/** Doubles a grid along its times, so that two headers stand where one did: when it starts, and beside it when it ends. */
const withPairs = ({ clock, look, week }: LayoutContext, table: Table, daysAlong: "columns" | "rows"): Table => {
  const isRows = daysAlong === "rows"
  const doubled = (sizes: ReadonlyArray<number>) =>
    sizes.flatMap((size, index) => (index === 0 ? [size] : [size / 2, size / 2]))
  const moved = (cell: Cell): Cell => {
    const [at, span] = isRows ? [cell.column, cell.columnSpan] : [cell.row, cell.rowSpan]
    if (at === 0) return cell
    return isRows
      ? { ...cell, column: 2 * at - 1, columnSpan: 2 * span }
      : { ...cell, row: 2 * at - 1, rowSpan: 2 * span }
  }
  const isTime = ({ column, row }: Cell): boolean => (isRows ? row === 0 && column > 0 : column === 0 && row > 0)
  const times = week.slots.flatMap(({ end, start }, index) =>
    [start, end].map((minutes, k) => {
      const at = 1 + 2 * index + k
      const lines = linesOf([printClock(clock, minutes)], { ...look.header, size: look.header.size - 1 })
      return makeCell(isRows ? 0 : at, isRows ? at : 0, lines, { fill: look.headerFill })
    })
  )
  return {
    ...table,
    columnWidths: isRows ? doubled(table.columnWidths) : table.columnWidths,
    rowHeights: isRows ? table.rowHeights : doubled(table.rowHeights),
    cells: [...table.cells.filter((cell) => !isTime(cell)).map(moved), ...times]
  }
}

const pairLayout = (id: string, set: Layout["set"], daysAlong: "columns" | "rows"): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: { ownTimes: false, slotLimit: 8 },
  print: (context) => {
    const breakForm = daysAlong === "rows" ? "turned-up" : "merged"
    const { blocks, table } = makeGrid(context, pickGridOptions(context, daysAlong, "range", breakForm))
    return {
      pages: [[withPairs(context, table, daysAlong)]],
      blocks,
      traits: [`days-as-${daysAlong}`, "start-and-end-side-by-side"]
    }
  }
})

/** Grids of which each lesson has two headers in line with it, its start and its end. */
export const clockPairs: ReadonlyArray<Layout> = [
  pairLayout("clock-pairs-across", "fitted", "rows"),
  pairLayout("clock-pairs-down", "unseen", "columns")
]
