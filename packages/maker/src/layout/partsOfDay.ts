import { type Cell, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { pickGridOptions } from "./dayGrids.ts"
import { makeGrid } from "./grid.ts"
import type { Layout } from "./Layout.ts"
import type { TimeAxisKind } from "./timeAxis.ts"

const partNames = { en: ["Morning", "Afternoon"], fr: ["Matin", "Après-midi"] } as const

/** A grid in which a row over the whole width names the part of the day below it. */
const partsOfDay = (id: string, set: Layout["set"], axis: TimeAxisKind): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: { slotLimit: 9, ownTimes: false, gapless: true },
  print: (context) => {
    const { look, week } = context
    const options = pickGridOptions(context, "columns", axis, "each-day")
    const { blocks, table } = makeGrid(context, options)
    const afternoon = 1 + week.slots.findLastIndex(({ breakName }) => breakName !== null)
    const [first, second] = partNames[week.language]
    const titled = withTitle(withTitle(table, 1 + afternoon, second, look), 1, first, look)
    return { pages: [[titled]], blocks, traits: ["days-as-columns", axis, "parts-of-day"] }
  }
})

/** A table with a row over its whole width put before one of its rows. */
const withTitle = (table: Table, at: number, title: string, look: Parameters<Layout["print"]>[0]["look"]): Table => {
  const below = table.cells.map((cell): Cell => (cell.row >= at ? { ...cell, row: cell.row + 1 } : cell))
  const parts = { columnSpan: table.columnWidths.length, fill: look.headerFill }
  return {
    ...table,
    rowHeights: [...table.rowHeights.slice(0, at), 16, ...table.rowHeights.slice(at)],
    cells: [...below, makeCell(at, 0, linesOf([title], look.header), parts)]
  }
}

/** Weeks whose days are parted by titles. */
export const partsOfDayLayouts: ReadonlyArray<Layout> = [
  partsOfDay("parts-of-day", "fitted", "range"),
  partsOfDay("parts-of-day-start-only", "unseen", "start-only")
]
