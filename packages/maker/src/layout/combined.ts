import type { TruthBlock } from "@timegrid/core"
import { linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { hhmm, printRange } from "../week/clock.ts"
import { makeWeek, type SchoolWeek } from "../week/SchoolWeek.ts"
import { pickGridOptions } from "./dayGrids.ts"
import { heading } from "./furniture.ts"
import { makeGrid } from "./grid.ts"
import type { Layout, LayoutContext } from "./Layout.ts"
import { entriesOf } from "./lists.ts"

/** Another week of the same school: its slots and days stay, its lessons change. */
const anotherWeek = ({ random, week }: LayoutContext, label: string): SchoolWeek =>
  makeWeek(random.fork(label), { language: week.language, frame: week })

const twoGrids = (
  context: LayoutContext,
  parts: ReadonlyArray<{ readonly title: string; readonly week: SchoolWeek; readonly mark: Partial<TruthBlock> }>
) => {
  const daysAlong = context.random.pick(["columns", "rows"] as const)
  const options = pickGridOptions(context, daysAlong, "range", context.random.pick(["merged", "each-day"] as const))
  return parts.map(({ title, week, mark }) => {
    const { table, blocks } = makeGrid({ ...context, week }, { ...options, mark })
    return { page: [heading(context, title), table], blocks }
  })
}

/** Two classes, each with a grid under its name, on one page or two. */
const twoClasses: Layout = {
  id: "two-classes",
  set: "unseen",
  orientation: "landscape",
  needs: { slotLimit: 8 },
  print: (context) => {
    const { random, week } = context
    const [first, second] = random.shuffle(week.vocabulary.classes[week.stage])
    const grids = twoGrids(context, [
      { title: first!, week, mark: { className: first } },
      { title: second!, week: anotherWeek(context, "second class"), mark: { className: second } }
    ])
    const pages = grids.map(({ page }) => page)
    return {
      pages: random.chance(0.6) ? pages : [pages.flat()],
      blocks: grids.flatMap(({ blocks }) => blocks),
      traits: ["several-classes"]
    }
  }
}

/** A week that comes in two forms, A and B, one below the other. */
const twoWeeks: Layout = {
  id: "two-weeks",
  set: "fitted",
  orientation: "landscape",
  needs: { slotLimit: 8 },
  print: (context) => {
    const { week } = context
    const grids = twoGrids(
      context,
      ["A", "B"].map((letter) => ({
        title: `${week.vocabulary.labels.week} ${letter}`,
        week: letter === "A" ? week : anotherWeek(context, "week B"),
        mark: { week: letter }
      }))
    )
    return {
      pages: grids.map(({ page }) => page),
      blocks: grids.flatMap(({ blocks }) => blocks),
      traits: ["two-week-cycle"]
    }
  }
}

/** The hours of a day as a list for each group of days: Monday, Tuesday and Thursday alike, the rest otherwise. */
const dayGroups: Layout = {
  id: "day-groups",
  set: "fitted",
  orientation: "portrait",
  needs: { ownTimes: false, freeSlots: false },
  print: (context) => {
    const { clock, look, random, week } = context
    const shuffled = random.shuffle(week.days)
    const inWeekOrder = (days: ReadonlyArray<string>) => week.days.filter((day) => days.includes(day))
    const groups = [inWeekOrder(shuffled.slice(0, 3)), inWeekOrder(shuffled.slice(3))]
    const between = random.pick([", ", " / ", ", "])
    const printed = groups.map((days) => {
      const entries = entriesOf(week, days[0]!)
      const title = days.map((day) => week.vocabulary.days[day]).join(between)
      const isTimeFirst = random.chance(0.7)
      const rows = entries.flatMap((entry, row) => {
        const cells = [printRange(clock, entry.start, entry.end), entry.name]
        return (isTimeFirst ? cells : cells.reverse()).map((text, column) =>
          makeCell(1 + row, column, linesOf([text], look.body), { align: "left" })
        )
      })
      const table: Table = {
        kind: "table",
        columnWidths: isTimeFirst ? [1, 2] : [2, 1],
        rowHeights: Array.from({ length: entries.length + 1 }, () => 16),
        cells: [makeCell(0, 0, linesOf([title], look.header), { columnSpan: 2, fill: look.headerFill }), ...rows],
        border: look.border,
        padding: look.padding,
        spaceAfter: 14
      }
      const blocks = days.flatMap((day) =>
        entries.map(
          ({ start, end, name }): TruthBlock => ({ day, start: hhmm(start), end: hhmm(end), name, notes: null })
        )
      )
      return { table, blocks }
    })
    return {
      pages: [printed.map(({ table }) => table)],
      blocks: printed.flatMap(({ blocks }) => blocks),
      traits: ["list-style", "day-groups"]
    }
  }
}

/** Documents of several tables. */
export const combinedLayouts: ReadonlyArray<Layout> = [twoClasses, twoWeeks, dayGroups]
