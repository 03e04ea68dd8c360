import type { TruthBlock } from "@timegrid/core"
import { type Cell, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { hhmm, printClock } from "../week/clock.ts"
import { pickDayLabel } from "./dayLabels.ts"
import type { Layout, LayoutContext } from "./Layout.ts"
import { entriesOf } from "./lists.ts"

const minutesPerStep = 5
const stepsPerHour = 60 / minutesPerStep

/** Hours along one side and nothing else to tell when: where a lesson begins and ends on that scale is when it is. */
const scale = (
  context: LayoutContext,
  daysAlong: "columns" | "rows"
): { readonly table: Table; readonly blocks: ReadonlyArray<TruthBlock> } => {
  const { clock, look, random, week } = context
  const dayLabel = pickDayLabel(random, week)
  const entries = week.days.flatMap((day) => entriesOf(week, day))
  const firstHour = Math.floor(Math.min(...entries.map(({ start }) => start)) / 60)
  const lastHour = Math.ceil(Math.max(...entries.map(({ end }) => end)) / 60)
  const hours = Array.from({ length: lastHour - firstHour }, (_, index) => firstHour + index)
  const stepOf = (minutes: number) => 1 + (minutes - firstHour * 60) / minutesPerStep
  const isRows = daysAlong === "rows"
  const place = (along: number, across: number, span: number, lines: Cell["lines"], parts: Partial<Cell>): Cell =>
    isRows
      ? makeCell(across, along, lines, { ...parts, columnSpan: span })
      : makeCell(along, across, lines, { ...parts, rowSpan: span })
  const cells = [
    makeCell(0, 0, []),
    ...week.days.map((day, index) =>
      place(0, 1 + index, 1, linesOf([dayLabel(day)], look.header), { fill: look.headerFill })
    ),
    ...hours.map((hour) =>
      place(stepOf(hour * 60), 0, stepsPerHour, linesOf([printClock(clock, hour * 60)], look.secondary), {
        align: "left",
        verticalAlign: "top"
      })
    ),
    ...entries.map((entry) =>
      place(
        stepOf(entry.start),
        1 + week.days.indexOf(entry.day),
        (entry.end - entry.start) / minutesPerStep,
        linesOf([entry.name], { ...look.body, size: look.body.size - 1 }),
        { fill: "#E6EEF8" }
      )
    )
  ]
  const steps = hours.length * stepsPerHour
  const table: Table = {
    kind: "table",
    ...(isRows
      ? {
          columnWidths: [1.2, ...Array.from({ length: steps }, () => 0.14)],
          rowHeights: [18, ...week.days.map(() => 44)]
        }
      : {
          columnWidths: [0.5, ...week.days.map(() => 1)],
          rowHeights: [18, ...Array.from({ length: steps }, () => 5.8)]
        }),
    cells,
    border: { width: 0.75, color: "#707070" },
    padding: 1,
    spaceAfter: 8
  }
  const blocks = entries.map(
    ({ day, end, name, start }): TruthBlock => ({
      day,
      start: hhmm(start),
      end: hhmm(end),
      name,
      notes: null,
      startInferred: true,
      endInferred: true
    })
  )
  return { table, blocks }
}

const scaleLayout = (id: string, set: Layout["set"], daysAlong: "columns" | "rows"): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: { slotLimit: 8 },
  print: (context) => {
    const { blocks, table } = scale(context, daysAlong)
    return { pages: [[table]], blocks, traits: [`days-as-${daysAlong}`, "height-encodes-duration", "time-scale"] }
  }
})

/** Weeks on a scale of hours. */
export const timeScales: ReadonlyArray<Layout> = [
  scaleLayout("time-scale-down", "fitted", "columns"),
  scaleLayout("time-scale-across", "unseen", "rows")
]
