import type { TruthBlock, Weekday } from "@timegrid/core"
import { type Block, type Line, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { hhmm, printClock, printRange } from "../week/clock.ts"
import type { SchoolWeek } from "../week/SchoolWeek.ts"
import { pickDayLabel } from "./dayLabels.ts"
import { heading } from "./furniture.ts"
import type { Layout, LayoutContext } from "./Layout.ts"
import { styled } from "./Look.ts"

/** One thing that a day holds, breaks included. */
export interface Entry {
  readonly day: Weekday
  readonly start: number
  readonly end: number
  readonly name: string
  readonly teacher: string
  readonly room: string
}

/** Lessons and breaks of a day in order of time. */
export const entriesOf = (week: SchoolWeek, day: Weekday): Array<Entry> => {
  const breaks = week.slots.flatMap(({ breakName, start, end }) =>
    breakName === null ? [] : [{ day, start, end, name: breakName, teacher: "", room: "" }]
  )
  const lessons = week.lessons.filter((lesson) => lesson.day === day)
  return [...breaks, ...lessons].sort((one, other) => one.start - other.start)
}

/** What a list row means whose only note is the room. */
export const truthOf = (entry: Entry, notes: string): TruthBlock => ({
  day: entry.day,
  start: hhmm(entry.start),
  end: hhmm(entry.end),
  name: entry.name,
  notes: notes === "" ? null : notes
})

/** A column of a list. */
export interface ListColumn {
  readonly title: string
  readonly width: number
  readonly text: (entry: Entry) => string
}

/** A ruled or unruled table of one entry a row. */
export const listTable = (
  context: LayoutContext,
  columns: ReadonlyArray<ListColumn>,
  entries: ReadonlyArray<Entry>,
  options: { readonly headed: boolean; readonly ruled: boolean }
): Table => {
  const { look } = context
  const depth = options.headed ? 1 : 0
  const headers = options.headed
    ? columns.map(({ title }, column) => makeCell(0, column, linesOf([title], look.header), { fill: look.headerFill }))
    : []
  const rows = entries.flatMap((entry, row) =>
    columns.map(({ text }, column) => {
      const shown = text(entry)
      return makeCell(depth + row, column, shown === "" ? [] : linesOf([shown], look.body), { align: "left" })
    })
  )
  return {
    kind: "table",
    columnWidths: columns.map(({ width }) => width),
    rowHeights: Array.from({ length: depth + entries.length }, () => 14),
    cells: [...headers, ...rows],
    border: options.ruled ? look.border : null,
    padding: look.padding,
    spaceAfter: 8
  }
}

const inHalves = (days: ReadonlyArray<Weekday>): Array<ReadonlyArray<Weekday>> => [days.slice(0, 3), days.slice(3)]

/** A row a lesson over the whole week, with columns for day, lesson, start, end and room. */
const lessonRows: Layout = {
  id: "row-a-lesson",
  set: "fitted",
  orientation: "portrait",
  needs: {},
  print: (context) => {
    const { clock, random, week } = context
    const { labels } = week.vocabulary
    const dayLabel = pickDayLabel(random, week)
    const entries = week.lessons
    const columns: Array<ListColumn> = [
      { title: labels.day, width: 1, text: ({ day }) => dayLabel(day) },
      { title: labels.lesson, width: 1.8, text: ({ name }) => name },
      { title: labels.start, width: 0.8, text: ({ start }) => printClock(clock, start) },
      { title: labels.end, width: 0.8, text: ({ end }) => printClock(clock, end) },
      { title: labels.room, width: 0.8, text: ({ room }) => room }
    ]
    const table = listTable(context, columns, entries, { headed: true, ruled: true })
    return {
      pages: [[table]],
      blocks: entries.map((entry) => truthOf(entry, entry.room)),
      traits: ["list-style", "one-row-per-lesson"]
    }
  }
}

const timeColumn = ({ clock, week }: LayoutContext): ListColumn => ({
  title: week.vocabulary.labels.time,
  width: 1,
  text: ({ start, end }) => printRange(clock, start, end)
})
const nameColumn = ({ week }: LayoutContext): ListColumn => ({
  title: week.vocabulary.labels.lesson,
  width: 2,
  text: ({ name }) => name
})
const roomColumn = ({ week }: LayoutContext): ListColumn => ({
  title: week.vocabulary.labels.room,
  width: 1,
  text: ({ room }) => room
})

/** A heading and a small table a day. */
const tableADay: Layout = {
  id: "table-a-day",
  set: "unseen",
  orientation: "portrait",
  needs: { slotLimit: 8 },
  print: (context) => {
    const { random, week } = context
    const dayLabel = pickDayLabel(random, week)
    const columns = [timeColumn(context), nameColumn(context), roomColumn(context)]
    const headed = random.chance(0.6)
    const page = (days: ReadonlyArray<Weekday>): Array<Block> =>
      days.flatMap((day) => [
        heading(context, dayLabel(day)),
        listTable(context, columns, entriesOf(week, day), { headed, ruled: true })
      ])
    const blocks = week.days.flatMap((day) => entriesOf(week, day).map((entry) => truthOf(entry, entry.room)))
    return { pages: inHalves(week.days).map(page), blocks, traits: ["list-style", "table-a-day"] }
  }
}

/** A heading a day and below it a line for each thing, aligned but not ruled. */
const alignedLists: Layout = {
  id: "aligned-list-a-day",
  set: "fitted",
  orientation: "portrait",
  needs: { slotLimit: 8 },
  print: (context) => {
    const { random, week } = context
    const dayLabel = pickDayLabel(random, week)
    const columns = [timeColumn(context), nameColumn(context)]
    const page = (days: ReadonlyArray<Weekday>): Array<Block> =>
      days.flatMap((day) => [
        heading(context, dayLabel(day)),
        listTable(context, columns, entriesOf(week, day), { headed: false, ruled: false })
      ])
    const blocks = week.days.flatMap((day) => entriesOf(week, day).map((entry) => truthOf(entry, "")))
    return { pages: inHalves(week.days).map(page), blocks, traits: ["list-style", "borderless"] }
  }
}

/** A heading a day and below it running lines: time, then name. */
const textLines: Layout = {
  id: "text-lines-a-day",
  set: "unseen",
  orientation: "portrait",
  needs: { slotLimit: 8 },
  print: (context) => {
    const { clock, look, random, week } = context
    const dayLabel = pickDayLabel(random, week)
    const between = random.pick(["  ", ": ", " – "].filter((separator) => separator.trim() !== clock.dash.trim()))
    const line = (entry: Entry): Line => [
      styled(`${printRange(clock, entry.start, entry.end)}${between}${entry.name}`, look.body)
    ]
    const page = (days: ReadonlyArray<Weekday>): Array<Block> =>
      days.flatMap(
        (day): Array<Block> => [
          heading(context, dayLabel(day)),
          { kind: "paragraph", lines: entriesOf(week, day).map(line), align: "left", spaceAfter: 10 }
        ]
      )
    const blocks = week.days.flatMap((day) => entriesOf(week, day).map((entry) => truthOf(entry, "")))
    return { pages: inHalves(week.days).map(page), blocks, traits: ["list-style", "plain-text-lines"] }
  }
}

/** Weeks as lists. */
export const lists: ReadonlyArray<Layout> = [lessonRows, tableADay, alignedLists, textLines]

/** Running lines that say what before when, under days that one line or a heading each names. */
const nameLines = (id: string, set: Layout["set"], bullet: string): Layout => ({
  id,
  set,
  orientation: "portrait",
  needs: { slotLimit: 8 },
  print: (context) => {
    const { clock, look, random, week } = context
    const dayLabel = pickDayLabel(random, week)
    const between = random.pick([": ", ", ", " – "].filter((separator) => separator.trim() !== clock.dash.trim()))
    const line = ({ end, name, start }: Entry): Line => [
      styled(`${bullet}${name}${between}${printRange(clock, start, end)}`, look.body)
    ]
    const page = (days: ReadonlyArray<Weekday>): Array<Block> =>
      days.flatMap(
        (day): Array<Block> => [
          heading(context, dayLabel(day)),
          { kind: "paragraph", lines: entriesOf(week, day).map(line), align: "left", spaceAfter: 10 }
        ]
      )
    const blocks = week.days.flatMap((day) => entriesOf(week, day).map((entry) => truthOf(entry, "")))
    return {
      pages: inHalves(week.days).map(page),
      blocks,
      traits: ["list-style", "plain-text-lines", "name-before-time"]
    }
  }
})

/** Weeks as lines that begin with the name. */
export const namesFirst: ReadonlyArray<Layout> = [
  nameLines("name-lines-a-day", "fitted", ""),
  nameLines("name-bullets-a-day", "unseen", "• ")
]
