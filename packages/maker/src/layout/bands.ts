import type { Cell, Table } from "../sheet/Sheet.ts"
import type { SchoolWeek } from "../week/SchoolWeek.ts"
import { pickGridOptions } from "./dayGrids.ts"
import { makeGrid, type PrintedGrid } from "./grid.ts"
import type { Layout } from "./Layout.ts"

/** Parts of a week below each other in one table, each with its own headers. */
const inBands = (
  id: string,
  set: Layout["set"],
  daysAlong: "columns" | "rows",
  parts: (week: SchoolWeek) => readonly [SchoolWeek, SchoolWeek]
): Layout => ({
  id,
  set,
  orientation: daysAlong === "columns" ? "portrait" : "landscape",
  needs: { slotLimit: 9 },
  print: (context) => {
    const breakForm = context.random.pick(
      daysAlong === "columns" ? (["merged", "each-day"] as const) : (["each-day"] as const)
    )
    const options = pickGridOptions(context, daysAlong, "range", breakForm)
    const grids = parts(context.week).map((week) => makeGrid({ ...context, week }, options))
    return {
      pages: [[stacked(grids)]],
      blocks: grids.flatMap(({ blocks }) => blocks),
      traits: [`days-as-${daysAlong}`, "bands"]
    }
  }
})

/** Tables as one; one with fewer columns leaves its last ones empty. */
const stacked = (grids: ReadonlyArray<PrintedGrid>): Table => {
  const tables = grids.map(({ table }) => table)
  const widest = tables.reduce((most, next) => (next.columnWidths.length > most.columnWidths.length ? next : most))
  let rows = 0
  const cells = tables.flatMap((table): ReadonlyArray<Cell> => {
    const moved = table.cells.map((cell) => ({ ...cell, row: cell.row + rows }))
    rows += table.rowHeights.length
    return moved
  })
  return { ...widest, rowHeights: tables.flatMap(({ rowHeights }) => rowHeights), cells }
}

/** The first days above the last ones, for paper that is higher than wide. */
const halfWeeks = (week: SchoolWeek): readonly [SchoolWeek, SchoolWeek] => {
  const half = Math.ceil(week.days.length / 2)
  const of = (days: SchoolWeek["days"]): SchoolWeek => ({
    ...week,
    days,
    lessons: week.lessons.filter(({ day }) => days.includes(day))
  })
  return [of(week.days.slice(0, half)), of(week.days.slice(half))]
}

/** The morning above the afternoon. */
const halfDays = (week: SchoolWeek): readonly [SchoolWeek, SchoolWeek] => {
  const half = week.slots.length / 2
  const isCrossed = (cut: number): boolean =>
    week.lessons.some(({ firstSlot, lastSlot }) => firstSlot < cut && lastSlot >= cut)
  // No lesson crosses a break, so that there is a cut.
  const cut = [...week.slots.keys()]
    .filter((at) => at > 0 && !isCrossed(at))
    .reduce((best, at) => (Math.abs(at - half) < Math.abs(best - half) ? at : best))
  const of = (from: number, to: number): SchoolWeek => ({
    ...week,
    slots: week.slots.slice(from, to),
    lessons: week.lessons
      .filter(({ firstSlot }) => firstSlot >= from && firstSlot < to)
      .map((lesson) => ({ ...lesson, firstSlot: lesson.firstSlot - from, lastSlot: lesson.lastSlot - from }))
  })
  return [of(0, cut), of(cut, week.slots.length)]
}

/** Weeks cut in two, both parts in one table. */
export const bandLayouts: ReadonlyArray<Layout> = [
  inBands("half-weeks-in-bands", "fitted", "columns", halfWeeks),
  inBands("half-days-in-bands", "unseen", "rows", halfDays)
]
