import type { Cell, Table } from "../sheet/Sheet.ts"
import type { BreakForm } from "./breakCells.ts"
import { pickGridOptions } from "./dayGrids.ts"
import { makeGrid } from "./grid.ts"
import type { Layout } from "./Layout.ts"

interface Continued {
  readonly breakForm: BreakForm
  readonly axis: "range" | "start-only"
  /** Whether the headers of the columns come again on the second page. */
  readonly repeatsHeaders: boolean
  readonly ruled: boolean
}

/** A grid that goes on over the end of its page. */
const continued = (
  id: string,
  set: Layout["set"],
  daysAlong: "columns" | "rows",
  { axis, breakForm, repeatsHeaders, ruled }: Continued
): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: { slotLimit: 10, ownTimes: axis === "range" },
  print: (context) => {
    const picked = pickGridOptions(context, daysAlong, axis, breakForm)
    const options = { ...picked, ruled, joinsDays: picked.joinsDays && ruled }
    const { table, blocks } = makeGrid(context, options)
    const pages = cutInTwo(table, options.axis.depth, repeatsHeaders && daysAlong === "columns" ? 1 : 0)
    return { pages: pages.map((part) => [part]), blocks, traits: [`days-as-${daysAlong}`, axis, "continued"] }
  }
})

/** Cuts a table about in its middle, where no cell stands over the cut. */
const cutInTwo = (table: Table, headerDepth: number, repeated: number): ReadonlyArray<Table> => {
  const count = table.rowHeights.length
  const isCrossed = (cut: number): boolean => table.cells.some(({ row, rowSpan }) => row < cut && row + rowSpan > cut)
  const cuts = [...table.rowHeights.keys()].filter((row) => row > headerDepth && !isCrossed(row))
  const cut = cuts.reduce((best, row) => (Math.abs(2 * row - count) < Math.abs(2 * best - count) ? row : best), count)
  const part = (from: number, to: number, moved: number): ReadonlyArray<Cell> =>
    table.cells.filter(({ row }) => row >= from && row < to).map((cell) => ({ ...cell, row: cell.row - moved }))
  const lower: Table = {
    ...table,
    rowHeights: [...table.rowHeights.slice(0, repeated), ...table.rowHeights.slice(cut)],
    cells: [...part(0, repeated, 0), ...part(cut, count, cut - repeated)]
  }
  return [{ ...table, rowHeights: table.rowHeights.slice(0, cut), cells: [...part(0, cut, 0)] }, lower]
}

/** Weeks that go on over the end of a page. */
export const continuedLayouts: ReadonlyArray<Layout> = [
  continued("continued-days-as-columns", "fitted", "columns", {
    axis: "range",
    breakForm: "merged",
    repeatsHeaders: false,
    ruled: true
  }),
  continued("continued-days-as-rows", "unseen", "rows", {
    axis: "range",
    breakForm: "each-day",
    repeatsHeaders: false,
    ruled: true
  }),
  continued("continued-start-only", "unseen", "columns", {
    axis: "start-only",
    breakForm: "each-day",
    repeatsHeaders: false,
    ruled: true
  }),
  continued("continued-under-same-headers", "fitted", "columns", {
    axis: "range",
    breakForm: "merged",
    repeatsHeaders: true,
    ruled: true
  }),
  continued("continued-unruled", "unseen", "columns", {
    axis: "range",
    breakForm: "each-day",
    repeatsHeaders: false,
    ruled: false
  })
]
