import type { Random } from "../Random.ts"
import type { FamilySet } from "../sheet/fonts.ts"
import { type ClockStyle, dashedClock, mistakenNoon } from "../week/clock.ts"
import type { WeekNeeds } from "../week/SchoolWeek.ts"
import type { BreakForm } from "./breakCells.ts"
import { initialLabel, pickDayLabel } from "./dayLabels.ts"
import { type GridOptions, makeGrid } from "./grid.ts"
import type { Layout, LayoutContext } from "./Layout.ts"
import type { Look } from "./Look.ts"
import { pickLessonText } from "./lessonText.ts"
import { makeTimeAxis, type TimeAxisKind } from "./timeAxis.ts"

/** What tells one kind of grid from another. */
export interface GridVariant {
  readonly axis: TimeAxisKind
  readonly breakForms: ReadonlyArray<BreakForm>
  readonly needs?: WeekNeeds
  readonly set?: FamilySet
  /** Default landscape. */
  readonly orientation?: Layout["orientation"]
  readonly change?: (context: LayoutContext) => Partial<GridOptions>
  /** How this kind of grid prints its clocks; default as the week does. */
  readonly clock?: ClockStyle
  /** How this kind of grid is coloured and set; default as its look says. */
  readonly look?: (look: Look) => Look
}

const placeholders = ["", "", "", "-", "***", "X", "—"]

/** The choices that every grid has in common, before a variant changes some. */
export const pickGridOptions = (
  context: LayoutContext,
  daysAlong: GridOptions["daysAlong"],
  axis: TimeAxisKind,
  breakForm: BreakForm
): GridOptions => {
  const { random, week } = context
  return {
    daysAlong,
    axis: makeTimeAxis(context, axis),
    dayLabel: pickDayLabel(random, week),
    breakForm,
    lessonText: pickLessonText(random),
    placeholder: random.pick(placeholders),
    joinsDays: random.chance(0.7),
    routineLabel: null,
    printsBreakTimes: true,
    ruled: true,
    dayDirection: "level",
    mark: {}
  }
}

/** A layout of one table, a grid of days against times. */
export const gridLayout = (id: string, daysAlong: GridOptions["daysAlong"], variant: GridVariant): Layout => ({
  id,
  set: variant.set ?? "fitted",
  orientation: variant.orientation ?? "landscape",
  needs: variant.needs ?? {},
  print: (given) => {
    const look = variant.look?.(given.look) ?? given.look
    const context = { ...given, clock: variant.clock ?? given.clock, look }
    const breakForm = context.random.pick(variant.breakForms)
    const options = { ...pickGridOptions(context, daysAlong, variant.axis, breakForm), ...variant.change?.(context) }
    const { table, blocks } = makeGrid(context, options)
    return { pages: [[table]], blocks, traits: [`days-as-${daysAlong}`, variant.axis, `break-${breakForm}`] }
  }
})

const onlySometimes = (random: Random, share: number): boolean => !random.chance(share)
const printedOnly: WeekNeeds = { ownTimes: false }

/** Grids with a column a day. */
export const columnGrids: ReadonlyArray<Layout> = [
  gridLayout("days-as-columns", "columns", { axis: "range", breakForms: ["merged", "each-day"] }),
  gridLayout("days-as-columns-spaced-break", "columns", { axis: "range", breakForms: ["spaced"], set: "unseen" }),
  gridLayout("days-as-columns-letter-a-day", "columns", {
    axis: "range",
    breakForms: ["letter-a-day"],
    needs: { breaksSpellDays: true }
  }),
  gridLayout("days-as-columns-start-over-end", "columns", { axis: "start-over-end", breakForms: ["merged"] }),
  gridLayout("days-as-columns-start-and-end-cells", "columns", {
    axis: "start-and-end-cells",
    breakForms: ["merged", "each-day"],
    set: "unseen"
  }),
  gridLayout("days-as-columns-start-only", "columns", {
    axis: "start-only",
    breakForms: ["merged", "each-day"],
    needs: printedOnly
  }),
  gridLayout("days-as-columns-period-and-range", "columns", { axis: "period-and-range-cells", breakForms: ["merged"] }),
  gridLayout("days-as-columns-period-only", "columns", {
    axis: "period-only",
    breakForms: ["merged"],
    needs: printedOnly
  }),
  gridLayout("days-as-columns-unruled", "columns", {
    axis: "range",
    breakForms: ["each-day"],
    change: () => ({ ruled: false, joinsDays: false })
  })
]

/** Grids with a row a day. */
export const rowGrids: ReadonlyArray<Layout> = [
  gridLayout("days-as-rows", "rows", { axis: "range", breakForms: ["merged", "each-day"], needs: { slotLimit: 9 } }),
  gridLayout("days-as-rows-turned-break", "rows", {
    axis: "range",
    breakForms: ["turned-up", "turned-down"],
    change: ({ random }) => ({ printsBreakTimes: onlySometimes(random, 0.3) }),
    needs: { gapless: true }
  }),
  gridLayout("days-as-rows-stacked-break", "rows", {
    axis: "range",
    breakForms: ["stacked"],
    change: ({ random }) => ({ printsBreakTimes: onlySometimes(random, 0.3) }),
    needs: { gapless: true }
  }),
  gridLayout("days-as-rows-letter-a-day", "rows", {
    axis: "start-over-end",
    breakForms: ["letter-a-day"],
    needs: { breaksSpellDays: true },
    set: "unseen"
  }),
  gridLayout("days-as-rows-start-over-end", "rows", { axis: "start-over-end", breakForms: ["turned-up", "each-day"] }),
  gridLayout("days-as-rows-start-and-end-cells", "rows", {
    axis: "start-and-end-cells",
    breakForms: ["turned-up", "stacked"],
    set: "unseen"
  }),
  gridLayout("days-as-rows-start-only", "rows", {
    axis: "start-only",
    breakForms: ["turned-up", "merged"],
    needs: printedOnly
  }),
  gridLayout("days-as-rows-period-over-range", "rows", {
    axis: "period-over-range",
    breakForms: ["turned-down", "stacked"]
  }),
  gridLayout("days-as-rows-period-only", "rows", {
    axis: "period-only",
    breakForms: ["stacked", "turned-up"],
    needs: printedOnly,
    set: "unseen"
  }),
  gridLayout("days-as-rows-turned-days", "rows", {
    axis: "range",
    breakForms: ["turned-up"],
    change: () => ({ dayDirection: "up" })
  }),
  gridLayout("days-as-rows-initials", "rows", {
    axis: "range",
    breakForms: ["merged"],
    change: ({ week }) => ({ dayLabel: initialLabel(week) })
  }),
  gridLayout("days-as-rows-routine-row", "rows", {
    axis: "range",
    breakForms: ["merged"],
    needs: { freeSlots: false, sharedSlot: true },
    change: ({ week }) => ({ routineLabel: week.vocabulary.labels.everyDay, placeholder: "" })
  })
]

const inEnglish: WeekNeeds = { language: "en" }

/** Grids made later than those above, after which they come, so that old seeds keep their layouts. */
export const furtherGrids: ReadonlyArray<Layout> = [
  gridLayout("days-as-columns-bar", "columns", {
    axis: "range",
    breakForms: ["merged"],
    change: () => ({ rulesHeaders: false })
  }),
  gridLayout("days-as-rows-bar", "rows", {
    axis: "range",
    breakForms: ["turned-up"],
    change: () => ({ rulesHeaders: false }),
    set: "unseen"
  }),
  gridLayout("days-as-columns-unruled-merged", "columns", {
    axis: "range",
    breakForms: ["merged"],
    change: () => ({ ruled: false, joinsDays: true })
  }),
  gridLayout("days-as-columns-unruled-start-only", "columns", {
    axis: "start-only",
    breakForms: ["merged", "each-day"],
    needs: printedOnly,
    change: () => ({ ruled: false, joinsDays: true }),
    set: "unseen"
  }),
  gridLayout("days-as-columns-routine-column", "columns", {
    axis: "range",
    breakForms: ["merged"],
    needs: { freeSlots: false, sharedSlot: true },
    change: ({ week }) => ({ routineLabel: week.vocabulary.labels.everyDay, placeholder: "" }),
    set: "unseen"
  }),
  gridLayout("days-as-columns-mistaken-noon", "columns", {
    axis: "range",
    breakForms: ["merged", "each-day"],
    needs: inEnglish,
    clock: mistakenNoon
  }),
  gridLayout("days-as-rows-mistaken-noon", "rows", {
    axis: "start-and-end-cells",
    breakForms: ["turned-up"],
    needs: inEnglish,
    clock: mistakenNoon,
    set: "unseen"
  }),
  gridLayout("days-as-rows-open-ends", "rows", {
    axis: "start-only",
    breakForms: ["stacked", "merged"],
    needs: printedOnly,
    set: "unseen"
  })
]

const threeLines = (): Partial<GridOptions> => ({
  lessonText: "teacher-and-room-below",
  ruled: false,
  joinsDays: false
})

/** Grids that nothing draws, with teacher and room below each lesson. */
export const threeLineGrids: ReadonlyArray<Layout> = [
  gridLayout("days-as-columns-unruled-three-lines", "columns", {
    axis: "range",
    breakForms: ["each-day"],
    needs: { ownTimes: false, slotLimit: 9 },
    change: threeLines
  }),
  gridLayout("days-as-rows-unruled-three-lines", "rows", {
    axis: "range",
    breakForms: ["each-day"],
    needs: { ownTimes: false, slotLimit: 9 },
    change: threeLines,
    set: "unseen"
  })
]

const timesInOneBar = (): Partial<GridOptions> => ({ rulesFirstColumn: false })

/** Grids whose times stand in one shaded column that nothing parts. */
export const timeBarGrids: ReadonlyArray<Layout> = [
  gridLayout("days-as-columns-time-bar", "columns", {
    axis: "start-over-end",
    breakForms: ["merged"],
    change: timesInOneBar
  }),
  gridLayout("days-as-columns-time-bar-each-day", "columns", {
    axis: "start-over-end",
    breakForms: ["each-day"],
    change: timesInOneBar,
    set: "unseen"
  })
]

/** Grids whose times are printed as `9-30 to 10-15`. */
export const dashedClockGrids: ReadonlyArray<Layout> = [
  gridLayout("days-as-columns-dashed-clocks", "columns", {
    axis: "range",
    breakForms: ["merged", "each-day"],
    needs: inEnglish,
    clock: dashedClock
  }),
  gridLayout("days-as-rows-dashed-clocks", "rows", {
    axis: "start-over-end",
    breakForms: ["turned-up"],
    needs: inEnglish,
    clock: dashedClock,
    set: "unseen"
  })
]
