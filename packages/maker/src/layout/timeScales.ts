import type { TruthBlock } from "@timegrid/core"
import { type Cell, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { hhmm, printClock } from "../week/clock.ts"
import { pickDayLabel } from "./dayLabels.ts"
import type { Layout, LayoutContext } from "./Layout.ts"
import { isDark } from "./Look.ts"
import { entriesOf } from "./lists.ts"

const minutesPerStep = 5

/** How a scale is marked. */
interface ScaleForm {
  /** Minutes from one mark to the next; default an hour. */
  readonly markEvery?: number
  /** Whether plumb borders part the marks; else they stand in one bar. Default true. */
  readonly rulesMarks?: boolean
}

/** Hours along one side and nothing else to tell when: where a lesson begins and ends on that scale is when it is. */
const scale = (
  context: LayoutContext,
  daysAlong: "columns" | "rows",
  { markEvery = 60, rulesMarks = true }: ScaleForm
): { readonly table: Table; readonly blocks: ReadonlyArray<TruthBlock> } => {
  const { clock, look, random, week } = context
  const dayLabel = pickDayLabel(random, week)
  const entries = week.days.flatMap((day) => entriesOf(week, day))
  const firstHour = Math.floor(Math.min(...entries.map(({ start }) => start)) / 60)
  const lastHour = Math.ceil(Math.max(...entries.map(({ end }) => end)) / 60)
  const marks = Array.from(
    { length: Math.ceil((60 * (lastHour - firstHour)) / markEvery) },
    (_, index) => 60 * firstHour + index * markEvery
  )
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
    ...marks.map((minutes) =>
      place(stepOf(minutes), 0, markEvery / minutesPerStep, linesOf([printClock(clock, minutes)], look.secondary), {
        align: "left",
        verticalAlign: "top",
        bordered: rulesMarks ? true : "level"
      })
    ),
    ...entries.map((entry) =>
      place(
        stepOf(entry.start),
        1 + week.days.indexOf(entry.day),
        (entry.end - entry.start) / minutesPerStep,
        linesOf([entry.name], { ...look.body, size: look.body.size - 1 }),
        { fill: isDark(look.paper) ? "#35405A" : "#E6EEF8" }
      )
    )
  ]
  const steps = (marks.length * markEvery) / minutesPerStep
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

const scaleLayout = (id: string, set: Layout["set"], daysAlong: "columns" | "rows", form: ScaleForm = {}): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: { slotLimit: 8 },
  print: (context) => {
    const { blocks, table } = scale(context, daysAlong, form)
    return { pages: [[table]], blocks, traits: [`days-as-${daysAlong}`, "height-encodes-duration", "time-scale"] }
  }
})

/** Weeks on a scale of hours. */
export const timeScales: ReadonlyArray<Layout> = [
  scaleLayout("time-scale-down", "fitted", "columns"),
  scaleLayout("time-scale-across", "unseen", "rows")
]

/** Scales made later than those above. */
export const furtherTimeScales: ReadonlyArray<Layout> = [
  scaleLayout("time-scale-half-hours", "fitted", "columns", { markEvery: 30 }),
  scaleLayout("time-scale-bar", "unseen", "rows", { rulesMarks: false })
]

/** Scales in one bar with a mark every half-hour. */
export const fineTimeScales: ReadonlyArray<Layout> = [
  scaleLayout("time-scale-bar-half-hours", "fitted", "rows", { markEvery: 30, rulesMarks: false })
]
