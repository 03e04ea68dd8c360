import { describe, expect, it } from "vitest"
import type { Fill, Page, Word } from "../../src/document/Page.ts"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { blankPage, wordsAt } from "../support/pages.ts"

const days = ["MON", "TUE", "WED"]
const columnWidth = 300
const hourHeight = 100
const firstColumn = 140
const top = 120

interface Shown {
  readonly day: number
  /** Minutes after eight. */
  readonly from: number
  readonly to: number
  readonly text: string
}

const calendarOf = (
  shown: ReadonlyArray<Shown>,
  parts: { readonly hours: boolean; readonly grounds: boolean }
): Page => {
  const y = (minutes: number) => top + (minutes * hourHeight) / 60
  const headings = days.flatMap((day, i) => wordsAt(`${day}\n${12 + i}`, firstColumn + i * columnWidth + 120, 20))
  const hours = parts.hours ? [0, 1, 2, 3].flatMap((hour) => wordsAt(`${8 + hour} AM`, 20, y(hour * 60) - 10)) : []
  const words: Array<Word> = shown.flatMap(({ day, from, text }) =>
    wordsAt(text, firstColumn + day * columnWidth + 8, y(from) + 4)
  )
  const fills: Array<Fill> = shown.map(({ day, from, to }) => ({
    box: { x: firstColumn + day * columnWidth, y: y(from), width: 280, height: y(to) - y(from) - 3 },
    color: "#C2F0D2"
  }))
  return { ...blankPage, words: [...headings, ...hours, ...words], fills: parts.grounds ? fills : [] }
}

const read = (page: Page) =>
  interpretPages([page]).timeblocks.map(
    ({ dayOfWeek, endTime, name, startTime }) => `${dayOfWeek?.slice(0, 3)} ${startTime}-${endTime} ${name}`
  )

const clocked: ReadonlyArray<Shown> = [
  { day: 0, from: 0, to: 60, text: "Maths\n8:00 - 9:00" },
  { day: 0, from: 120, to: 180, text: "Art\n10:00 - 11:00" },
  { day: 1, from: 0, to: 90, text: "English\n8:00 - 9:30" },
  { day: 1, from: 90, to: 180, text: "PE\n9:30 - 11:00" },
  { day: 2, from: 30, to: 60, text: "Music\n8:30 - 9:00" },
  { day: 2, from: 60, to: 180, text: "Science\n9:00 - 11:00" }
]

const lessons = [
  "Mon 08:00-09:00 Maths",
  "Mon 10:00-11:00 Art",
  "Tue 08:00-09:30 English",
  "Tue 09:30-11:00 PE",
  "Wed 08:30-09:00 Music",
  "Wed 09:00-11:00 Science"
]

describe("a calendar of cards below headings that nothing frames", () => {
  it("gives each card the day that it stands under and the time that it prints", () => {
    expect(read(calendarOf(clocked, { hours: true, grounds: true }))).toEqual(lessons)
  })

  it("is read by its lines where the edges of cards are not seen", () => {
    expect(read(calendarOf(clocked, { hours: false, grounds: false }))).toEqual(lessons)
  })

  it("gives cards that print no time that of their edges on the scale of hours beside them", () => {
    const silent = clocked.map((shown) => ({ ...shown, text: shown.text.split("\n")[0]! }))
    expect(read(calendarOf(silent, { hours: true, grounds: true }))).toEqual(lessons)
  })

  it("is none without times", () => {
    const silent = clocked.map((shown) => ({ ...shown, text: shown.text.split("\n")[0]! }))
    expect(read(calendarOf(silent, { hours: false, grounds: true })).some((line) => /\d:\d/.test(line))).toBe(false)
  })
})
