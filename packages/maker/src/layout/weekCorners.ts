import { makeWeek, type SchoolWeek } from "../week/SchoolWeek.ts"
import { pickGridOptions } from "./dayGrids.ts"
import { makeGrid } from "./grid.ts"
import type { Layout, LayoutContext } from "./Layout.ts"

const needs = { slotLimit: 7, ownTimes: false }

/** A grid a week of a cycle, on pages of their own or on one, the corner of each naming its week. */
const weekCorners = (
  id: string,
  set: Layout["set"],
  daysAlong: "columns" | "rows",
  names: readonly [string, string]
): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs,
  print: (context) => {
    const other = makeWeek(context.random.fork("other week"), {
      ...needs,
      language: context.week.language,
      frame: context.week
    })
    const options = pickGridOptions(context, daysAlong, "range", "each-day")
    const gridOf = (week: SchoolWeek, name: string) => {
      const ofWeek: LayoutContext = { ...context, week }
      const corners = [`${week.vocabulary.labels.week} ${name}`]
      return makeGrid(ofWeek, { ...options, axis: { ...options.axis, corners }, mark: { week: name } })
    }
    const grids = [gridOf(context.week, names[0]), gridOf(other, names[1])]
    return {
      pages: grids.map(({ table }) => [table]),
      blocks: grids.flatMap(({ blocks }) => blocks),
      traits: ["two-week-cycle", `days-as-${daysAlong}`]
    }
  }
})

/** Cycles of two weeks that only the corners of their tables name. */
export const weekCornerLayouts: ReadonlyArray<Layout> = [
  weekCorners("weeks-in-corners", "fitted", "columns", ["A", "B"]),
  weekCorners("weeks-in-corners-of-rows", "unseen", "rows", ["1", "2"])
]
