import type { Weekday } from "@timegrid/core"
import { type Line, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { printRange } from "../week/clock.ts"
import { pickDayLabel } from "./dayLabels.ts"
import type { Layout } from "./Layout.ts"
import { styled } from "./Look.ts"
import { entriesOf, truthOf } from "./lists.ts"

/** Lists of days beside each other that nothing draws; the last column may have a day less. */
const columnsOfLists = (id: string, set: Layout["set"], columnCount: number): Layout => ({
  id,
  set,
  orientation: columnCount > 2 ? "landscape" : "portrait",
  needs: { slotLimit: 7 },
  print: ({ clock, look, random, week }) => {
    const dayLabel = pickDayLabel(random, week)
    const daysOfColumn = Math.ceil(week.days.length / columnCount)
    const header = { ...look.header, color: look.ink }
    const linesOfDay = (day: Weekday): ReadonlyArray<Line> => [
      ...linesOf([dayLabel(day)], header),
      ...entriesOf(week, day).map(({ end, name, start }) => [
        styled(`${printRange(clock, start, end)}  ${name}`, look.body)
      ]),
      []
    ]
    const columns = Array.from({ length: columnCount }, (_, i) =>
      week.days.slice(i * daysOfColumn, (i + 1) * daysOfColumn).flatMap(linesOfDay)
    )
    const table: Table = {
      kind: "table",
      columnWidths: columns.map(() => 1),
      rowHeights: Array.from({ length: Math.max(...columns.map((lines) => lines.length)) }, () => 14),
      cells: columns.flatMap((lines, column) =>
        lines.map((line, row) => makeCell(row, column, line.length === 0 ? [] : [line], { align: "left" }))
      ),
      border: null,
      padding: look.padding,
      spaceAfter: 8
    }
    return {
      pages: [[table]],
      blocks: week.days.flatMap((day) => entriesOf(week, day).map((entry) => truthOf(entry, ""))),
      traits: ["list-style", "borderless", "lists-in-columns"]
    }
  }
})

/** Weeks as lists of days in columns. */
export const columnsOfDayLists: ReadonlyArray<Layout> = [
  columnsOfLists("day-lists-in-two-columns", "fitted", 2),
  columnsOfLists("day-lists-in-three-columns", "unseen", 3)
]
