import { printRange } from "../week/clock.ts"
import { pickDayLabel } from "./dayLabels.ts"
import type { Layout, LayoutContext } from "./Layout.ts"
import { type ListColumn, listTable, truthOf } from "./lists.ts"

/** Day and time in one text, such as `Monday 9:00 - 9:45`. */
const dayAndTime = (context: LayoutContext, between: string): ListColumn => {
  const { clock, random, week } = context
  const dayLabel = pickDayLabel(random, week)
  return {
    title: `${week.vocabulary.labels.day} / ${week.vocabulary.labels.time}`,
    width: 1.6,
    text: ({ day, end, start }) => `${dayLabel(day)}${between}${printRange(clock, start, end)}`
  }
}

const nameOf = ({ week }: LayoutContext): ListColumn => ({
  title: week.vocabulary.labels.lesson,
  width: 1.8,
  text: ({ name }) => name
})

/** A list whose first column says when: day and time together. */
const whenFirst: Layout = {
  id: "list-day-and-time-first",
  set: "fitted",
  orientation: "portrait",
  needs: { slotLimit: 6 },
  print: (context) => {
    const entries = context.week.lessons
    const columns = [dayAndTime(context, context.random.pick([" ", ", "])), nameOf(context)]
    return {
      pages: [[listTable(context, columns, entries, { headed: true, ruled: true })]],
      blocks: entries.map((entry) => truthOf(entry, "")),
      traits: ["list-style", "day-and-time-in-one"]
    }
  }
}

/** A list that names the lesson first and says when in its last column. */
const whenLast: Layout = {
  id: "list-day-and-time-last",
  set: "unseen",
  orientation: "portrait",
  needs: { slotLimit: 6 },
  print: (context) => {
    const { week } = context
    const entries = week.lessons
    const room: ListColumn = { title: week.vocabulary.labels.room, width: 1, text: (entry) => entry.room }
    const columns = [nameOf(context), room, dayAndTime(context, context.random.pick([" ", ": "]))]
    return {
      pages: [[listTable(context, columns, entries, { headed: true, ruled: true })]],
      blocks: entries.map((entry) => truthOf(entry, entry.room)),
      traits: ["list-style", "day-and-time-in-one"]
    }
  }
}

/** Lists that print day and time together. */
export const dayAndTimeLists: ReadonlyArray<Layout> = [whenFirst, whenLast]
