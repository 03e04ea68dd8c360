import { type Weekday, weekdays } from "@timegrid/core"
import type { Random } from "../Random.ts"
import { printClock, printRange } from "../week/clock.ts"
import type { Layout, LayoutContext } from "./Layout.ts"
import { type ListColumn, listTable, truthOf } from "./lists.ts"

/** A course as colleges print it: at one time on several days. */
interface Course {
  readonly name: string
  readonly room: string
  readonly days: ReadonlyArray<Weekday>
  readonly start: number
  readonly end: number
}

/** How courses part the days of a week; each part has two letters or more but for the last day of one. */
const patterns: ReadonlyArray<ReadonlyArray<ReadonlyArray<number>>> = [
  [
    [0, 2, 4],
    [1, 3]
  ],
  [[0, 2], [1, 3], [4]],
  [[0, 1, 2, 3], [4]]
]

const coursesOf = ({ random, week }: LayoutContext): ReadonlyArray<Course> => {
  const lessons = random.shuffle([...new Map(week.lessons.map((lesson) => [lesson.name, lesson])).values()])
  const slots = week.slots.filter(({ breakName }) => breakName === null)
  const parts = slots.flatMap((slot) => random.pick(patterns).map((days) => ({ slot, days })))
  return parts.slice(0, lessons.length).map(({ days, slot: { end, start } }, i) => {
    const { name, room } = lessons[i]!
    return { name, room, start, end, days: days.map((day) => weekdays[day]!) }
  })
}

/** Letters of days run together: `MWF`, `TTh` or `TR`. */
const pickLetters = (random: Random): ((days: ReadonlyArray<Weekday>) => string) => {
  const letters = random.pick([
    ["M", "T", "W", "Th", "F"],
    ["M", "T", "W", "R", "F"],
    ["M", "Tu", "W", "Th", "F"]
  ])
  return (days) => days.map((day) => letters[weekdays.indexOf(day)]).join("")
}

const courseList = (
  id: string,
  set: Layout["set"],
  columnsOf: (
    context: LayoutContext,
    letters: (course: Course) => string
  ) => ReadonlyArray<{ readonly title: string; readonly width: number; readonly text: (course: Course) => string }>
): Layout => ({
  id,
  set,
  orientation: "portrait",
  needs: { language: "en", slotLimit: 6 },
  print: (context) => {
    const courses = coursesOf(context)
    const letters = pickLetters(context.random)
    const columns = columnsOf(context, ({ days }) => letters(days))
    const rows = courses.map(({ days, end, name, room, start }) => ({
      day: days[0]!,
      start,
      end,
      name,
      room,
      teacher: ""
    }))
    const byRow = new Map(rows.map((row, i) => [row, courses[i]!]))
    const listed = columns.map((column): ListColumn => ({ ...column, text: (row) => column.text(byRow.get(row)!) }))
    const blocks = rows.flatMap((row, i) => courses[i]!.days.map((day) => truthOf({ ...row, day }, row.room)))
    return {
      pages: [[listTable(context, listed, rows, { headed: true, ruled: true })]],
      blocks,
      traits: ["list-style", "days-as-letters"]
    }
  }
})

/** Lists of courses whose days are letters run together. */
export const courseLists: ReadonlyArray<Layout> = [
  courseList("courses-with-days", "fitted", ({ clock, week: { vocabulary } }, letters) => [
    { title: vocabulary.labels.lesson, width: 1.8, text: ({ name }) => name },
    { title: "Days", width: 0.8, text: letters },
    { title: vocabulary.labels.start, width: 0.8, text: ({ start }) => printClock(clock, start) },
    { title: vocabulary.labels.end, width: 0.8, text: ({ end }) => printClock(clock, end) },
    { title: vocabulary.labels.room, width: 0.8, text: ({ room }) => room }
  ]),
  courseList("courses-with-meetings", "unseen", ({ clock, week: { vocabulary } }, letters) => [
    { title: vocabulary.labels.lesson, width: 1.8, text: ({ name }) => name },
    {
      title: "Meets",
      width: 1.6,
      text: (course) => `${letters(course)} ${printRange(clock, course.start, course.end)}`
    },
    { title: vocabulary.labels.room, width: 0.8, text: ({ room }) => room }
  ])
]
