import type { Weekday } from "@timegrid/core"
import { type Cell, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { printRange } from "../week/clock.ts"
import { pickDayLabel } from "./dayLabels.ts"
import type { Layout, LayoutContext } from "./Layout.ts"
import { fillOf } from "./Look.ts"
import { type Entry, entriesOf, truthOf } from "./lists.ts"

/** Each day begins so many minutes after the one before, so that no two have the same times. */
const laterEachDay = 5

/** What each day holds, at times of its own. */
const shiftedEntries = ({ week }: LayoutContext): ReadonlyArray<readonly [Weekday, ReadonlyArray<Entry>]> =>
  week.days.map((day, index) => [
    day,
    entriesOf(week, day).map((entry) => ({
      ...entry,
      start: entry.start + laterEachDay * index,
      end: entry.end + laterEachDay * index
    }))
  ])

/** Where a cell stands by its day and by its number within it. */
interface Placing {
  readonly headers: (day: number, lines: Cell["lines"], title: Cell["lines"]) => ReadonlyArray<Cell>
  readonly time: (day: number, entry: number, lines: Cell["lines"]) => Cell
  readonly name: (day: number, entry: number, lines: Cell["lines"], fill: string | null) => Cell
  readonly sizes: (days: number, entries: number) => Pick<Table, "columnWidths" | "rowHeights">
}

const columnPairs = (days: number, entries: number) => ({
  columnWidths: Array.from({ length: 2 * days }, (_, i) => (i % 2 === 0 ? 0.8 : 1)),
  rowHeights: [18, ...Array.from({ length: entries }, () => 24)]
})

const inColumns: Omit<Placing, "headers"> = {
  time: (day, entry, lines) => makeCell(1 + entry, 2 * day, lines),
  name: (day, entry, lines, fill) => makeCell(1 + entry, 2 * day + 1, lines, { fill }),
  sizes: columnPairs
}

const belowDays: Placing = {
  ...inColumns,
  headers: (day, lines) => [makeCell(0, 2 * day, lines, { columnSpan: 2 })]
}

const beforeDays: Placing = {
  ...inColumns,
  headers: (day, lines, title) => [makeCell(0, 2 * day, title), makeCell(0, 2 * day + 1, lines)]
}

const inRows: Placing = {
  headers: (day, lines) => [makeCell(2 * day, 0, lines, { rowSpan: 2 })],
  time: (day, entry, lines) => makeCell(2 * day, 1 + entry, lines),
  name: (day, entry, lines, fill) => makeCell(2 * day + 1, 1 + entry, lines, { fill }),
  sizes: (days, entries) => ({
    columnWidths: [0.7, ...Array.from({ length: entries }, () => 1)],
    rowHeights: Array.from({ length: 2 * days }, (_, i) => (i % 2 === 0 ? 16 : 30))
  })
}

const timesOfEachDay = (id: string, set: Layout["set"], placing: Placing): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: { slotLimit: 7, ownTimes: false },
  print: (context) => {
    const { clock, look, random, week } = context
    const days = shiftedEntries(context)
    const dayLabel = pickDayLabel(random, week)
    const most = Math.max(...days.map(([, entries]) => entries.length))
    const title = linesOf([week.vocabulary.labels.time], look.header)
    const cells = days.flatMap(([day, entries], at) => [
      ...placing
        .headers(at, linesOf([dayLabel(day)], look.header), title)
        .map((cell) => ({ ...cell, fill: look.headerFill })),
      ...Array.from({ length: most }, (_, k) => {
        const entry = entries[k]
        if (!entry) return [placing.time(at, k, []), placing.name(at, k, [], null)]
        return [
          placing.time(at, k, linesOf([printRange(clock, entry.start, entry.end)], look.secondary)),
          placing.name(at, k, linesOf([entry.name], look.body), fillOf(look, entry.name))
        ]
      }).flat()
    ])
    const table: Table = {
      kind: "table",
      ...placing.sizes(days.length, most),
      cells,
      border: look.border,
      padding: look.padding,
      spaceAfter: 10
    }
    return {
      pages: [[table]],
      blocks: days.flatMap(([, entries]) => entries.map((entry) => truthOf(entry, ""))),
      traits: ["times-of-each-day"]
    }
  }
})

/** Grids of which every day has a line of times of its own beside its lessons. */
export const timesBesideDays: ReadonlyArray<Layout> = [
  timesOfEachDay("times-below-each-day", "fitted", belowDays),
  timesOfEachDay("times-before-each-day", "unseen", beforeDays),
  timesOfEachDay("times-above-lessons-of-each-day", "fitted", inRows)
]
