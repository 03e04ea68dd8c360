import type { Block, Line } from "../sheet/Sheet.ts"
import { printRange } from "../week/clock.ts"
import { heading } from "./furniture.ts"
import type { Layout, LayoutContext } from "./Layout.ts"
import { styled } from "./Look.ts"
import { type Entry, entriesOf, type ListColumn, listTable, truthOf } from "./lists.ts"

/** The title of what is the same every day, which ends in the days. */
const titleOf = ({ random, week }: LayoutContext): string => {
  const { days } = week.vocabulary
  const range = random.pick([" - ", " to ", " – "])
  const span = `${days[week.days[0]!]}${range}${days[week.days.at(-1)!]}`
  return random.pick([
    `Daily Schedule: ${span}`,
    `Daily Routine (${span})`,
    `Our Day, ${span}`,
    `Bell Schedule ${span}`
  ])
}

const dailyRoutine = (
  id: string,
  set: Layout["set"],
  draw: (context: LayoutContext, entries: ReadonlyArray<Entry>) => Block
): Layout => ({
  id,
  set,
  orientation: "portrait",
  needs: { language: "en", slotLimit: 9 },
  print: (context) => {
    const { week } = context
    const entries = entriesOf(week, week.days[0]!)
    return {
      pages: [[heading(context, titleOf(context)), draw(context, entries)]],
      blocks: week.days.flatMap((day) => entries.map((entry) => truthOf({ ...entry, day }, ""))),
      traits: ["list-style", "days-in-title"]
    }
  }
})

/** Days that are all alike, as one list whose title names them. */
export const dailyRoutines: ReadonlyArray<Layout> = [
  dailyRoutine("daily-routine-table", "fitted", (context, entries) => {
    const columns: ReadonlyArray<ListColumn> = [
      {
        title: context.week.vocabulary.labels.time,
        width: 1,
        text: ({ end, start }) => printRange(context.clock, start, end)
      },
      { title: context.week.vocabulary.labels.lesson, width: 2, text: ({ name }) => name }
    ]
    return listTable(context, columns, entries, { headed: context.random.chance(0.5), ruled: true })
  }),
  dailyRoutine("daily-routine-lines", "unseen", ({ clock, look }, entries) => ({
    kind: "paragraph",
    lines: entries.map(
      ({ end, name, start }): Line => [styled(`${printRange(clock, start, end)}   ${name}`, look.body)]
    ),
    align: "left",
    spaceAfter: 10
  }))
]
