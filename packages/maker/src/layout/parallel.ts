import type { TruthBlock } from "@timegrid/core"
import { type Block, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { hhmm, printRange } from "../week/clock.ts"
import { lessonAt } from "../week/lessonAt.ts"
import { makeWeek, type SchoolWeek } from "../week/SchoolWeek.ts"
import { pickDayLabel } from "./dayLabels.ts"
import { heading } from "./furniture.ts"
import type { Layout, LayoutContext } from "./Layout.ts"

const needs = { ownTimes: false, freeSlots: false, slotLimit: 7 }

/** Some classes of one school, by name. */
const classesOf = ({ random, week }: LayoutContext, count: number): ReadonlyArray<readonly [string, SchoolWeek]> =>
  random
    .shuffle(week.vocabulary.classes[week.stage])
    .slice(0, count)
    .map((name, index) => [
      name,
      index === 0 ? week : makeWeek(random.fork(name), { ...needs, language: week.language, frame: week })
    ])

/** A table a day with a column a class. */
const classColumns: Layout = {
  id: "class-columns-a-day",
  set: "fitted",
  orientation: "portrait",
  needs,
  print: (context) => {
    const { clock, look, random, week } = context
    const classes = classesOf(context, 3)
    const dayLabel = pickDayLabel(random, week)
    const head = (row: number, column: number, text: string) =>
      makeCell(row, column, linesOf([text], look.header), { fill: look.headerFill })
    const blocks: Array<TruthBlock> = []
    const tables = week.days.map((day): ReadonlyArray<Block> => {
      const cells = week.slots.flatMap((slot, index) => [
        head(1 + index, 0, printRange(clock, slot.start, slot.end)),
        ...classes.map(([className, of], at) => {
          const name = slot.breakName ?? lessonAt(of, day, index)
          blocks.push({ day, start: hhmm(slot.start), end: hhmm(slot.end), name, notes: null, className })
          return makeCell(1 + index, 1 + at, linesOf([name], look.body))
        })
      ])
      const table: Table = {
        kind: "table",
        columnWidths: [1, ...classes.map(() => 1.2)],
        rowHeights: [16, ...week.slots.map(() => 15)],
        cells: [
          head(0, 0, week.vocabulary.labels.time),
          ...classes.map(([className], at) => head(0, 1 + at, className)),
          ...cells
        ],
        border: look.border,
        padding: look.padding,
        spaceAfter: 10
      }
      return [heading(context, dayLabel(day)), table]
    })
    return {
      pages: [tables.slice(0, 3).flat(), tables.slice(3).flat()],
      blocks,
      traits: ["several-classes", "table-a-day"]
    }
  }
}

/** Two groups at once: where they part, a day's column is split in two. */
const splitGroups: Layout = {
  id: "groups-side-by-side",
  set: "unseen",
  orientation: "landscape",
  needs,
  print: (context) => {
    const { clock, look, random, week } = context
    const dayLabel = pickDayLabel(random, week)
    const other = makeWeek(random.fork("group"), { ...needs, language: week.language, frame: week })
    const head = (row: number, column: number, text: string, columnSpan = 1) =>
      makeCell(row, column, linesOf([text], look.header), { fill: look.headerFill, columnSpan })
    const blocks: Array<TruthBlock> = []
    const body = week.slots.flatMap((slot, index) => {
      const row = 1 + index
      const say = (day: TruthBlock["day"], name: string) =>
        blocks.push({ day, start: hhmm(slot.start), end: hhmm(slot.end), name, notes: null })
      if (slot.breakName !== null) {
        for (const day of week.days) say(day, slot.breakName)
        return [
          makeCell(row, 1, linesOf([slot.breakName], look.body), {
            columnSpan: 2 * week.days.length,
            fill: look.breakFill
          })
        ]
      }
      return week.days.flatMap((day, at) => {
        const [one, two] = [lessonAt(week, day, index), lessonAt(other, day, index)]
        const column = 1 + 2 * at
        say(day, one)
        if (one === two || !random.chance(0.35)) {
          return [makeCell(row, column, linesOf([one], look.body), { columnSpan: 2 })]
        }
        say(day, two)
        return [one, two].map((name, k) => makeCell(row, column + k, linesOf([name], look.body)))
      })
    })
    const table: Table = {
      kind: "table",
      columnWidths: [1, ...week.days.flatMap(() => [0.7, 0.7])],
      rowHeights: [20, ...week.slots.map(() => 30)],
      cells: [
        head(0, 0, week.vocabulary.labels.time),
        ...week.days.map((day, at) => head(0, 1 + 2 * at, dayLabel(day), 2)),
        ...week.slots.map((slot, index) => head(1 + index, 0, printRange(clock, slot.start, slot.end))),
        ...body
      ],
      border: look.border,
      padding: look.padding,
      spaceAfter: 10
    }
    return { pages: [[table]], blocks, traits: ["days-as-columns", "parallel-groups"] }
  }
}

/** What several classes or groups do at once. */
export const parallelLayouts: ReadonlyArray<Layout> = [classColumns, splitGroups]

/** A table a day with a row a class, under times. */
const classRows: Layout = {
  id: "class-rows-a-day",
  set: "unseen",
  orientation: "landscape",
  needs,
  print: (context) => {
    const { clock, look, random, week } = context
    const classes = classesOf(context, 2)
    const dayLabel = pickDayLabel(random, week)
    const head = (row: number, column: number, text: string) =>
      makeCell(row, column, linesOf([text], look.header), { fill: look.headerFill })
    const blocks: Array<TruthBlock> = []
    const tables = week.days.map((day): ReadonlyArray<Block> => {
      const rows = classes.flatMap(([className, of], at) => [
        head(1 + at, 0, className),
        ...week.slots.map((slot, index) => {
          const name = slot.breakName ?? lessonAt(of, day, index)
          blocks.push({ day, start: hhmm(slot.start), end: hhmm(slot.end), name, notes: null, className })
          return makeCell(1 + at, 1 + index, linesOf([name], look.body))
        })
      ])
      const table: Table = {
        kind: "table",
        columnWidths: [1.2, ...week.slots.map(() => 1)],
        rowHeights: [16, ...classes.map(() => 22)],
        cells: [
          head(0, 0, ""),
          ...week.slots.map(({ end, start }, index) => head(0, 1 + index, printRange(clock, start, end))),
          ...rows
        ],
        border: look.border,
        padding: look.padding,
        spaceAfter: 8
      }
      return [heading(context, dayLabel(day)), table]
    })
    return {
      pages: [tables.slice(0, 3).flat(), tables.slice(3).flat()],
      blocks,
      traits: ["several-classes", "table-a-day"]
    }
  }
}

/** Parallel classes made later than those above. */
export const furtherParallelLayouts: ReadonlyArray<Layout> = [classRows]
