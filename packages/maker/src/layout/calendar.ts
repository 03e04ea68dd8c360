import type { TruthBlock } from "@timegrid/core"
import { type Cell, linesOf, makeCell } from "../sheet/Sheet.ts"
import { hhmm, printClock, printRange } from "../week/clock.ts"
import { pickDayLabel } from "./dayLabels.ts"
import type { Layout } from "./Layout.ts"
import { styled } from "./Look.ts"
import { entriesOf } from "./lists.ts"

const minutesPerRow = 5
const cardFills = ["#CFE2FF", "#D1E7DD", "#F8D7DA", "#FFF3CD", "#E2D9F3"]

/** Cards on an axis of hours: the height of a card is its duration, and its time stands in it. */
const calendarCards: Layout = {
  id: "calendar-cards",
  set: "unseen",
  orientation: "landscape",
  needs: { slotLimit: 8 },
  print: ({ clock, look, random, week }) => {
    const dayLabel = pickDayLabel(random, week)
    const entries = week.days.flatMap((day) => entriesOf(week, day))
    const firstHour = Math.floor(Math.min(...entries.map(({ start }) => start)) / 60)
    const lastHour = Math.ceil(Math.max(...entries.map(({ end }) => end)) / 60)
    const rowOf = (minutes: number) => 1 + (minutes - firstHour * 60) / minutesPerRow
    const rowsPerHour = 60 / minutesPerRow
    const hours = Array.from({ length: lastHour - firstHour }, (_, index) => firstHour + index)

    const cells: Array<Cell> = [
      makeCell(0, 0, []),
      ...week.days.map((day, index) =>
        makeCell(0, 1 + index, linesOf([dayLabel(day)], look.header), { fill: look.headerFill })
      ),
      ...hours.map((hour) =>
        makeCell(rowOf(hour * 60), 0, linesOf([printClock(clock, hour * 60)], look.secondary), {
          rowSpan: rowsPerHour,
          verticalAlign: "top"
        })
      ),
      ...entries.map((entry) => {
        const time = styled(printRange(clock, entry.start, entry.end), { ...look.secondary, color: "#333333" })
        const name = styled(entry.name, { ...look.body, color: "#111111" })
        const isShort = entry.end - entry.start < 35
        return makeCell(
          rowOf(entry.start),
          1 + week.days.indexOf(entry.day),
          isShort ? [[{ ...name, text: `${entry.name} ` }, time]] : [[name], [time]],
          {
            rowSpan: (entry.end - entry.start) / minutesPerRow,
            align: "left",
            verticalAlign: "top",
            fill: cardFills[entry.name.length % cardFills.length]!
          }
        )
      })
    ]
    const blocks = entries.map(
      ({ day, start, end, name }): TruthBlock => ({ day, start: hhmm(start), end: hhmm(end), name, notes: null })
    )
    return {
      pages: [
        [
          {
            kind: "table",
            columnWidths: [0.5, ...week.days.map(() => 1)],
            rowHeights: [18, ...Array.from({ length: hours.length * rowsPerHour }, () => 4.6)],
            cells,
            border: { width: 0.5, color: "#B0B0B0" },
            padding: 2,
            spaceAfter: 8
          }
        ]
      ],
      blocks,
      traits: ["days-as-columns", "height-encodes-duration"]
    }
  }
}

/** As screens show cards: stronger than print. */
const screenFills = ["#9EC5FE", "#A3CFBB", "#F1AEB5", "#FFDA6A", "#C5B3E6"]

/** Cards with space between their columns, below headings that nothing frames, as calendars on a screen have them. */
const looseCards = (
  id: string,
  set: Layout["set"],
  shows: { readonly times: boolean; readonly hours: boolean }
): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: { slotLimit: 8 },
  print: ({ clock, look, random, week }) => {
    const dayLabel = pickDayLabel(random, week)
    const entries = week.days.flatMap((day) => entriesOf(week, day))
    const firstHour = Math.floor(Math.min(...entries.map(({ start }) => start)) / 60)
    const lastHour = Math.ceil(Math.max(...entries.map(({ end }) => end)) / 60)
    const rowsPerHour = 60 / minutesPerRow
    const rowOf = (minutes: number) => 1 + (minutes - firstHour * 60) / minutesPerRow
    const hours = shows.hours ? Array.from({ length: lastHour - firstHour }, (_, index) => firstHour + index) : []
    const columnOf = (day: (typeof week.days)[number]) => 2 + 2 * week.days.indexOf(day)
    const open = { bordered: false } as const
    const cells: Array<Cell> = [
      ...week.days.map((day) =>
        makeCell(0, columnOf(day), linesOf([dayLabel(day)], { ...look.header, color: look.ink }), open)
      ),
      ...hours.map((hour) =>
        makeCell(rowOf(hour * 60), 0, linesOf([printClock(clock, hour * 60)], look.secondary), {
          rowSpan: rowsPerHour,
          verticalAlign: "top"
        })
      ),
      ...entries.map((entry) => {
        const time = styled(printRange(clock, entry.start, entry.end), { ...look.secondary, color: "#333333" })
        const name = styled(entry.name, { ...look.body, color: "#111111" })
        const isShort = entry.end - entry.start < 35
        const lines = isShort ? [[{ ...name, text: `${entry.name} ` }, time]] : [[name], [time]]
        return makeCell(rowOf(entry.start), columnOf(entry.day), shows.times ? lines : [[name]], {
          ...open,
          rowSpan: (entry.end - entry.start) / minutesPerRow,
          align: "left",
          verticalAlign: "top",
          fill: screenFills[entry.name.length % screenFills.length]!
        })
      })
    ]
    return {
      pages: [
        [
          {
            kind: "table",
            columnWidths: [0.5, ...week.days.flatMap(() => [0.08, 1])],
            rowHeights: [18, ...Array.from({ length: (lastHour - firstHour) * rowsPerHour }, () => 4.6)],
            cells,
            border: { width: 0.5, color: "#B0B0B0" },
            padding: 2,
            spaceAfter: 8
          }
        ]
      ],
      blocks: entries.map(
        ({ day, start, end, name }): TruthBlock => ({ day, start: hhmm(start), end: hhmm(end), name, notes: null })
      ),
      traits: ["days-as-columns", "height-encodes-duration", "borderless"]
    }
  }
})

/** Weeks as a calendar shows them. */
export const calendars: ReadonlyArray<Layout> = [calendarCards]

/** Calendars whose cards stand apart. */
export const furtherCalendars: ReadonlyArray<Layout> = [
  looseCards("calendar-cards-apart", "fitted", { times: true, hours: false }),
  looseCards("calendar-cards-by-hour", "unseen", { times: false, hours: true })
]
