import { describe, expect, it } from "vitest"
import type { Page } from "../../src/document/Page.ts"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { type MadeRows, type MadeSize, pageWith } from "../support/pages.ts"

const pagesOf = (...tables: ReadonlyArray<MadeRows>): ReadonlyArray<Page> =>
  tables.map((rows, i) => ({ ...pageWith(rows), pageNumber: i + 1 }))
const secondAt = (size: MadeSize, first: MadeRows, second: MadeRows, heading = ""): ReadonlyArray<Page> => [
  pageWith(first),
  { ...pageWith(second, heading, size), pageNumber: 2 }
]
const lessonsOf = (pages: ReadonlyArray<Page>) =>
  interpretPages(pages).timeblocks.map(
    ({ dayOfWeek, endTime, name, page, startTime }) =>
      `${page} ${dayOfWeek?.slice(0, 3) ?? "?"} ${startTime ?? "?"}-${endTime ?? "?"} ${name}`
  )

const morning: MadeRows = [
  ["Time", "Monday", "Tuesday", "Wednesday"],
  ["9:00 - 10:00", "Art", "Maths", "PE"],
  ["10:00 - 11:00", "Music", "Art", "Maths"]
]
const afternoon: MadeRows = [
  ["1:00 - 2:00", "Drama", "French", "Art"],
  ["2:00 - 3:00", { text: "Games", columnSpan: 3 }, null, null]
]

describe("a table that goes on over the end of its page", () => {
  it("has the days of its first page", () => {
    expect(lessonsOf(pagesOf(morning, afternoon)).slice(6)).toEqual([
      "2 Mon 13:00-14:00 Drama",
      "2 Mon 14:00-15:00 Games",
      "2 Tue 13:00-14:00 French",
      "2 Tue 14:00-15:00 Games",
      "2 Wed 13:00-14:00 Art",
      "2 Wed 14:00-15:00 Games"
    ])
  })

  it("has them with one row more, and on a page that was scanned a little aside", () => {
    const shifted = { x: 52, y: 30, columnWidth: 194 }
    expect(lessonsOf(secondAt(shifted, morning, afternoon.slice(0, 1))).slice(6)).toEqual([
      "2 Mon 13:00-14:00 Drama",
      "2 Tue 13:00-14:00 French",
      "2 Wed 13:00-14:00 Art"
    ])
  })

  it("says so, and where each word stands", () => {
    const { timeblocks } = interpretPages(secondAt({ y: 60 }, morning, afternoon))
    const { day, name, start } = timeblocks.find((block) => block.name === "Drama")!.evidence
    expect(day).toMatchObject({ rule: "continued", words: [{ page: 1, text: "Monday", box: { y: 106 } }] })
    expect(start).toMatchObject({ rule: "time-header", words: [{ page: 2, text: "1:00", box: { y: 66 } }] })
    expect(name).toMatchObject({ words: [{ page: 2, text: "Drama", box: { y: 66 } }] })
  })

  it("has the times of its first page where days go on", () => {
    const rows: MadeRows = [
      ["", "9:00 - 10:00", "10:00 - 11:00"],
      ["Monday", "Art", "Maths"],
      ["Tuesday", "PE", "Art"]
    ]
    expect(lessonsOf(pagesOf(rows, [["Wednesday", "Music", "Drama"]])).slice(4)).toEqual([
      "2 Wed 09:00-10:00 Music",
      "2 Wed 10:00-11:00 Drama"
    ])
  })

  it("has them although its lessons print times of their own", () => {
    const rows: MadeRows = [
      ["", "9:00 - 10:00", "10:00 - 11:00"],
      ["Monday", "Art", "Maths"],
      ["Tuesday", "PE", "Art"]
    ]
    const more: MadeRows = [
      ["Wednesday", "Music", "Drama"],
      ["Thursday", "9:05 - 10:00\nChoir", "10:05 - 11:00\nRugby"]
    ]
    expect(lessonsOf(pagesOf(rows, more)).slice(4)).toEqual([
      "2 Wed 09:00-10:00 Music",
      "2 Wed 10:00-11:00 Drama",
      "2 Thu 09:05-10:00 Choir",
      "2 Thu 10:05-11:00 Rugby"
    ])
  })

  it("ends what begins last on one page when the next page begins", () => {
    const starts: MadeRows = [
      ["", "Monday", "Tuesday"],
      ["9.00", "Art", "Maths"],
      ["10.00", "PE", "Music"]
    ]
    expect(lessonsOf(pagesOf(starts, [["11.00", "French", "Drama"]]))).toContain("1 Mon 10:00-11:00 PE")
  })

  it("goes on with periods, and over three pages", () => {
    const periods = (from: number): MadeRows => [
      [`P${from}`, "Art", "PE"],
      [`P${from + 1}`, "PE", "Art"]
    ]
    const days = lessonsOf(pagesOf([["", "Monday", "Tuesday"], ...periods(1)], periods(3), periods(5)))
    expect(days.filter((lesson) => lesson.includes("?-?") && !lesson.includes(" ? "))).toHaveLength(12)
  })

  it("has the last day of its first page where a list leaves days out that stay the same", () => {
    const list: MadeRows = [
      ["Day", "Time", "Subject", "Room"],
      ["Monday", "9:00 - 10:00", "Art", "R1"],
      ["Tuesday", "9:00 - 10:00", "Maths", "R2"]
    ]
    const more: MadeRows = [
      ["", "10:00 - 11:00", "PE", "Gym"],
      ["Wednesday", "9:00 - 10:00", "Music", "R3"],
      ["", "10:00 - 11:00", "Drama", "Hall"]
    ]
    expect(lessonsOf(pagesOf(list, more)).slice(2)).toEqual([
      "2 Tue 10:00-11:00 PE",
      "2 Wed 09:00-10:00 Music",
      "2 Wed 10:00-11:00 Drama"
    ])
  })
})

describe("a table without headers of days", () => {
  const daysOf = (pages: ReadonlyArray<Page>) =>
    interpretPages(pages).timeblocks.flatMap(({ dayOfWeek, page }) => (page === 2 ? [dayOfWeek] : []))

  it.each([
    ["begins earlier than the one before ended", [["8:00 - 9:00", "Drama", "French", "Art"], morning[1]!]],
    [
      "has other columns",
      [
        ["1:00 - 2:00", "Drama"],
        ["2:00 - 3:00", "French"]
      ]
    ]
  ] as ReadonlyArray<readonly [string, MadeRows]>)("is one of its own where it %s", (_, rows) => {
    const size = { columnWidth: 800 / rows[0]!.length }
    const pages = secondAt(size, morning, rows)
    expect(new Set(daysOf(pages))).toEqual(new Set([null]))
    expect(interpretPages(pages).confidence).toBeLessThan(98)
  })
})
