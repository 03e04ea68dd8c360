import type { TruthBlock } from "@timegrid/core"
import { type Cell, type Line, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { hhmm, printRange } from "../week/clock.ts"
import { lessonAt } from "../week/lessonAt.ts"
import { makeWeek, type SchoolWeek, type Slot } from "../week/SchoolWeek.ts"
import { type DayLabel, pickDayLabel } from "./dayLabels.ts"
import type { Layout, LayoutContext } from "./Layout.ts"

type WeekName = "A" | "B"
const weekNames: ReadonlyArray<WeekName> = ["A", "B"]

interface Cycle {
  readonly weeks: Readonly<Record<WeekName, SchoolWeek>>
  readonly dayLabel: DayLabel
}

const cycleOf = (context: LayoutContext): Cycle => {
  const { random, week } = context
  const other = makeWeek(random.fork("week B"), { ...cycleNeeds, language: week.language, frame: week })
  return { weeks: { A: week, B: other }, dayLabel: pickDayLabel(random, week) }
}

/** One lesson a slot, so that both weeks fill the same places. */
const cycleNeeds = { ownTimes: false, freeSlots: false, slotLimit: 8 }

const blockAt = ({ end, start }: Slot, day: TruthBlock["day"], name: string, week?: WeekName): TruthBlock => ({
  day,
  start: hhmm(start),
  end: hhmm(end),
  name,
  notes: null,
  ...(week === undefined ? {} : { week })
})

const blocksOf = (context: LayoutContext, { weeks }: Cycle): Array<TruthBlock> =>
  context.week.slots.flatMap((slot, index) =>
    context.week.days.flatMap((day) =>
      slot.breakName === null
        ? weekNames.map((name) => blockAt(slot, day, lessonAt(weeks[name], day, index), name))
        : [blockAt(slot, day, slot.breakName)]
    )
  )

const tableOf = (
  { look }: LayoutContext,
  cells: ReadonlyArray<Cell>,
  columnWidths: ReadonlyArray<number>,
  rowHeights: ReadonlyArray<number>
): Table => ({
  kind: "table",
  columnWidths,
  rowHeights,
  cells,
  border: look.border,
  padding: look.padding,
  spaceAfter: 10
})

/** A column for each day of each week: `Monday A`, `Monday B`. */
const weeksAsColumns: Layout = {
  id: "weeks-as-columns",
  set: "fitted",
  orientation: "landscape",
  needs: cycleNeeds,
  print: (context) => {
    const { clock, look, random, week } = context
    const cycle = cycleOf(context)
    const mark = random.pick([
      (name: WeekName) => `(${name})`,
      (name: WeekName) => `${week.vocabulary.labels.week} ${name}`
    ])
    const head = (row: number, column: number, text: string) =>
      makeCell(row, column, linesOf([text], look.header), { fill: look.headerFill })
    const breaks = (slot: Slot, row: number) => [
      makeCell(row, 1, linesOf([slot.breakName!], look.body), {
        columnSpan: 2 * week.days.length,
        fill: look.breakFill
      })
    ]
    const lessons = (row: number) =>
      week.days.flatMap((day, at) =>
        weekNames.map((name, k) =>
          makeCell(row, 1 + 2 * at + k, linesOf([lessonAt(cycle.weeks[name], day, row - 1)], look.body))
        )
      )
    const cells = [
      head(0, 0, week.vocabulary.labels.time),
      ...week.days.flatMap((day, at) =>
        weekNames.map((name, k) => head(0, 1 + 2 * at + k, `${cycle.dayLabel(day)} ${mark(name)}`))
      ),
      ...week.slots.flatMap((slot, index) => [
        head(1 + index, 0, printRange(clock, slot.start, slot.end)),
        ...(slot.breakName === null ? lessons(1 + index) : breaks(slot, 1 + index))
      ])
    ]
    const table = tableOf(context, cells, [1.2, ...week.days.flatMap(() => [1, 1])], [24, ...week.slots.map(() => 26)])
    return { pages: [[table]], blocks: blocksOf(context, cycle), traits: ["two-week-cycle", "days-as-columns"] }
  }
}

/** Two rows a day, one a week, with the week in a column of its own. */
const weeksAsRows: Layout = {
  id: "weeks-as-rows",
  set: "unseen",
  orientation: "landscape",
  needs: cycleNeeds,
  print: (context) => {
    const { clock, look, week } = context
    const cycle = cycleOf(context)
    const head = (row: number, column: number, text: string, rowSpan = 1) =>
      makeCell(row, column, linesOf([text], look.header), { fill: look.headerFill, rowSpan })
    const rowCount = 2 * week.days.length
    const cells = [
      head(0, 0, week.vocabulary.labels.day),
      head(0, 1, week.vocabulary.labels.week),
      ...week.slots.map((slot, index) => head(0, 2 + index, printRange(clock, slot.start, slot.end))),
      ...week.days.flatMap((day, at) => [
        head(1 + 2 * at, 0, cycle.dayLabel(day), 2),
        ...weekNames.map((name, k) => head(1 + 2 * at + k, 1, name))
      ]),
      ...week.slots.flatMap((slot, index) =>
        slot.breakName === null
          ? week.days.flatMap((day, at) =>
              weekNames.map((name, k) =>
                makeCell(1 + 2 * at + k, 2 + index, linesOf([lessonAt(cycle.weeks[name], day, index)], look.body))
              )
            )
          : [
              makeCell(1, 2 + index, linesOf([slot.breakName], look.body), {
                rowSpan: rowCount,
                direction: "up",
                fill: look.breakFill
              })
            ]
      )
    ]
    const widths = [0.8, 0.4, ...week.slots.map(({ breakName }) => (breakName === null ? 1 : 0.5))]
    const table = tableOf(context, cells, widths, [20, ...Array.from({ length: rowCount }, () => 22)])
    return { pages: [[table]], blocks: blocksOf(context, cycle), traits: ["two-week-cycle", "days-as-rows"] }
  }
}

/** Both weeks in one cell, each line marked with its week: `A: Maths`, `Wk B Art`. */
const weeksInCells = (id: string, set: Layout["set"], marks: (week: string, name: WeekName) => string): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: cycleNeeds,
  print: (context) => {
    const { clock, look, week } = context
    const cycle = cycleOf(context)
    const head = (row: number, column: number, text: string) =>
      makeCell(row, column, linesOf([text], look.header), { fill: look.headerFill })
    const lines = (day: string, slot: number): Array<Line> =>
      weekNames.map((name) => [
        { text: `${marks(week.vocabulary.labels.week, name)} ${lessonAt(cycle.weeks[name], day, slot)}`, ...look.body }
      ])
    const cells = [
      head(0, 0, week.vocabulary.labels.time),
      ...week.days.map((day, at) => head(0, 1 + at, cycle.dayLabel(day))),
      ...week.slots.flatMap((slot, index) => [
        head(1 + index, 0, printRange(clock, slot.start, slot.end)),
        ...(slot.breakName === null
          ? week.days.map((day, at) => makeCell(1 + index, 1 + at, lines(day, index)))
          : [
              makeCell(1 + index, 1, linesOf([slot.breakName], look.body), {
                columnSpan: week.days.length,
                fill: look.breakFill
              })
            ])
      ])
    ]
    const table = tableOf(context, cells, [1, ...week.days.map(() => 1.4)], [20, ...week.slots.map(() => 30)])
    return { pages: [[table]], blocks: blocksOf(context, cycle), traits: ["two-week-cycle", "days-as-columns"] }
  }
})

/** Two-week cycles in one table. */
export const weekCycles: ReadonlyArray<Layout> = [
  weeksAsColumns,
  weeksAsRows,
  weeksInCells("weeks-in-cells", "fitted", (_, name) => `${name}:`),
  weeksInCells("weeks-named-in-cells", "unseen", (week, name) => `${week} ${name}:`)
]

/** A row for each day of each week: `Monday A`, `Monday B`. */
const weeksInRowLabels: Layout = {
  id: "weeks-in-row-labels",
  set: "unseen",
  orientation: "landscape",
  needs: cycleNeeds,
  print: (context) => {
    const { clock, look, random, week } = context
    const cycle = cycleOf(context)
    const mark = random.pick([
      (name: WeekName) => `(${name})`,
      (name: WeekName) => `${week.vocabulary.labels.week} ${name}`
    ])
    const head = (row: number, column: number, text: string) =>
      makeCell(row, column, linesOf([text], look.header), { fill: look.headerFill })
    const rows = weekNames.flatMap((name) => week.days.map((day) => ({ day, name })))
    const cells = [
      head(0, 0, week.vocabulary.labels.day),
      ...rows.map(({ day, name }, index) => head(1 + index, 0, `${cycle.dayLabel(day)} ${mark(name)}`)),
      ...week.slots.flatMap((slot, index) => [
        head(0, 1 + index, printRange(clock, slot.start, slot.end)),
        ...rows.map(({ day, name }, row) =>
          makeCell(
            1 + row,
            1 + index,
            linesOf([slot.breakName ?? lessonAt(cycle.weeks[name], day, index)], look.body),
            slot.breakName === null ? {} : { fill: look.breakFill }
          )
        )
      ])
    ]
    const table = tableOf(context, cells, [1.2, ...week.slots.map(() => 1)], [20, ...rows.map(() => 22)])
    const blocks = week.slots.flatMap((slot, index) =>
      rows.map(({ day, name }) => blockAt(slot, day, slot.breakName ?? lessonAt(cycle.weeks[name], day, index), name))
    )
    return { pages: [[table]], blocks, traits: ["two-week-cycle", "days-as-rows"] }
  }
}

/** Two columns a day below its name, which a second line of headers names by their weeks. */
const weeksBelowDays: Layout = {
  id: "weeks-below-days",
  set: "fitted",
  orientation: "landscape",
  needs: cycleNeeds,
  print: (context) => {
    const { clock, look, random, week } = context
    const cycle = cycleOf(context)
    const mark = random.pick([(name: WeekName) => name, (name: WeekName) => `${week.vocabulary.labels.week} ${name}`])
    const head = (row: number, column: number, text: string, parts: Partial<Cell> = {}) =>
      makeCell(row, column, linesOf([text], look.header), { fill: look.headerFill, ...parts })
    const cells = [
      head(0, 0, week.vocabulary.labels.time, { rowSpan: 2 }),
      ...week.days.flatMap((day, at) => [
        head(0, 1 + 2 * at, cycle.dayLabel(day), { columnSpan: 2 }),
        ...weekNames.map((name, k) => head(1, 1 + 2 * at + k, mark(name)))
      ]),
      ...week.slots.flatMap((slot, index) => [
        head(2 + index, 0, printRange(clock, slot.start, slot.end)),
        ...(slot.breakName === null
          ? week.days.flatMap((day, at) =>
              weekNames.map((name, k) =>
                makeCell(2 + index, 1 + 2 * at + k, linesOf([lessonAt(cycle.weeks[name], day, index)], look.body))
              )
            )
          : [
              makeCell(2 + index, 1, linesOf([slot.breakName], look.body), {
                columnSpan: 2 * week.days.length,
                fill: look.breakFill
              })
            ])
      ])
    ]
    const widths = [1.2, ...week.days.flatMap(() => [1, 1])]
    const table = tableOf(context, cells, widths, [18, 16, ...week.slots.map(() => 26)])
    return { pages: [[table]], blocks: blocksOf(context, cycle), traits: ["two-week-cycle", "days-as-columns"] }
  }
}

/** Cycles made later than those above. */
export const furtherWeekCycles: ReadonlyArray<Layout> = [weeksBelowDays, weeksInRowLabels]
