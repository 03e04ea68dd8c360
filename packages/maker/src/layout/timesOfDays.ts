import type { TruthBlock } from "@timegrid/core"
import { type Cell, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { hhmm, printRange } from "../week/clock.ts"
import type { Slot } from "../week/SchoolWeek.ts"
import { pickGridOptions } from "./dayGrids.ts"
import { makeGrid } from "./grid.ts"
import type { Layout } from "./Layout.ts"

/** The slots of a day on which each is shorter than on the others. */
const shortened = (slots: ReadonlyArray<Slot>): ReadonlyArray<Slot> => {
  let saved = 0
  return slots.map((slot) => {
    const start = slot.start - saved
    saved += slot.end - slot.start > 20 ? 5 : 0
    return { ...slot, start, end: slot.end - saved }
  })
}

/** The last day of a week goes by times of its own, which a line of headers beside the usual one prints. */
const timesOfLastDay = (id: string, set: Layout["set"], daysAlong: "columns" | "rows"): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: { slotLimit: 8, ownTimes: false },
  print: (context) => {
    const { clock, look, week } = context
    const { labels } = week.vocabulary
    const last = week.days.at(-1)!
    const options = pickGridOptions(context, daysAlong, "range", "each-day")
    const { blocks, table } = makeGrid(context, { ...options, joinsDays: false })
    const slots = shortened(week.slots)
    const starts = new Map(week.slots.map(({ start }, i) => [hhmm(start), hhmm(slots[i]!.start)]))
    const ends = new Map(week.slots.map(({ end }, i) => [hhmm(end), hhmm(slots[i]!.end)]))
    const moved = (block: TruthBlock): TruthBlock =>
      block.day === last ? { ...block, start: starts.get(block.start!)!, end: ends.get(block.end!)! } : block
    const header = (along: number, text: string): Cell =>
      makeCell(daysAlong === "columns" ? along : 1, daysAlong === "columns" ? 1 : along, linesOf([text], look.header), {
        fill: look.headerFill
      })
    const title = `${options.dayLabel(last)} ${labels.time.toLowerCase()}`
    const cells = [
      ...table.cells.map((cell) => behind(cell, daysAlong)),
      header(0, title),
      ...slots.map(({ end, start }, index) => header(1 + index, printRange(clock, start, end)))
    ]
    const sizes: Pick<Table, "columnWidths" | "rowHeights"> =
      daysAlong === "columns"
        ? { ...table, columnWidths: [table.columnWidths[0]!, ...table.columnWidths] }
        : { ...table, rowHeights: [table.rowHeights[0]!, ...table.rowHeights] }
    return {
      pages: [[{ ...table, ...sizes, cells }]],
      blocks: blocks.map(moved),
      traits: [`days-as-${daysAlong}`, "times-of-one-day"]
    }
  }
})

/** A cell with a line of headers put behind the first one. */
const behind = (cell: Cell, daysAlong: "columns" | "rows"): Cell =>
  daysAlong === "columns"
    ? { ...cell, column: cell.column === 0 ? 0 : cell.column + 1 }
    : { ...cell, row: cell.row === 0 ? 0 : cell.row + 1 }

/** Weeks with times that hold for one of their days alone. */
export const timesOfDaysLayouts: ReadonlyArray<Layout> = [
  timesOfLastDay("column-of-times-of-one-day", "fitted", "columns"),
  timesOfLastDay("row-of-times-of-one-day", "unseen", "rows")
]
