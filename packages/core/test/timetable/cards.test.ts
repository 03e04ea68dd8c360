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
  parts: { readonly hours: boolean; readonly grounds: boolean },
  week: ReadonlyArray<string> = days
): Page => {
  const y = (minutes: number) => top + (minutes * hourHeight) / 60
  const headings = week.flatMap((day, i) => wordsAt(`${day}\n${12 + i}`, firstColumn + i * columnWidth + 120, 20))
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

  it("parts cards of one colour that touch, by how far below the first edge the first of them is written", () => {
    const silent = clocked.map((shown) => ({ ...shown, text: shown.text.split("\n")[0]! }))
    const { fills, ...page } = calendarOf(silent, { hours: true, grounds: true })
    // Tuesday's and Wednesday's cards follow each other: each day shows one ground.
    const joined = [1, 2].map((day) => {
      const [first, second] = fills.filter(({ box }) => box.x === firstColumn + day * columnWidth)
      return { ...first!, box: { ...first!.box, height: second!.box.y + second!.box.height - first!.box.y } }
    })
    const monday = fills.filter(({ box }) => box.x === firstColumn)
    expect(read({ ...page, fills: [...monday, ...joined] })).toEqual(lessons)
  })

  it("gives cards that print no time that of their edges on the scale of hours beside them", () => {
    const silent = clocked.map((shown) => ({ ...shown, text: shown.text.split("\n")[0]! }))
    expect(read(calendarOf(silent, { hours: true, grounds: true }))).toEqual(lessons)
  })

  it("is none without times", () => {
    const silent = clocked.map((shown) => ({ ...shown, text: shown.text.split("\n")[0]! }))
    expect(read(calendarOf(silent, { hours: false, grounds: true })).some((line) => /\d:\d/.test(line))).toBe(false)
  })

  const asRead = (page: Page): Page => ({
    ...page,
    words: page.words.map((word): Word => ({ ...word, source: "ocr", confidence: 0.95 }))
  })

  it("have a day that was not read between two others, where a column has room for it", () => {
    const week = ["MON", "TUE", "WED", "THU", "FRI"]
    const shown = week.flatMap((_, day) => [
      { day, from: 0, to: 60, text: "Maths\n8:00 - 9:00" },
      { day, from: 120, to: 180, text: "Art\n10:00 - 11:00" }
    ])
    const page = asRead(calendarOf(shown, { hours: false, grounds: true }, week))
    const unread = { ...page, words: page.words.filter(({ text }) => text !== "THU") }
    expect(read(unread).filter((lesson) => lesson.startsWith("Thu"))).toEqual([
      "Thu 08:00-09:00 Maths",
      "Thu 10:00-11:00 Art"
    ])
  })

  it("put a time right that ends before it begins, by the times before and after it", () => {
    const more: ReadonlyArray<Shown> = [
      { day: 0, from: 180, to: 220, text: "Drama\n1:00 - 11:40" },
      { day: 0, from: 220, to: 260, text: "Lunch\n11:40 - 12:20" }
    ]
    const page = calendarOf([...clocked, ...more], { hours: false, grounds: true })
    expect(read(asRead(page)).filter((lesson) => lesson.startsWith("Mon"))).toEqual([
      "Mon 08:00-09:00 Maths",
      "Mon 10:00-11:00 Art",
      "Mon 11:00-11:40 Drama",
      "Mon 11:40-12:20 Lunch"
    ])
    expect(read(page)).not.toContain("Mon 11:00-11:40 Drama")
  })
})
