import { describe, expect, it } from "vitest"
import type { Page } from "../../src/document/Page.ts"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { blankPage, drawTable, type MadeRows, pageWith, wordsAt } from "../support/pages.ts"
import { week } from "./documents.ts"

/** What keeps the blocks of pages from being accepted, and how far the document is trusted. */
const judge = (...pages: ReadonlyArray<Page>) => {
  const { confidence, timeblocks, warnings } = interpretPages(pages.map((page, i) => ({ ...page, pageNumber: i + 1 })))
  const codes = new Set(warnings.map(({ code }) => code).filter((code) => code !== "overlap"))
  return { codes: [...codes], confidence, worst: Math.min(...timeblocks.map((block) => block.confidence)) }
}
const headed = (...headers: ReadonlyArray<string>): MadeRows => [
  ["", ...headers],
  ["9:00 - 10:00", ...headers.map(() => "Maths")],
  ["10:00 - 11:00", ...headers.map(() => "Art")],
  ["11:00 - 12:00", ...headers.map(() => "Science")]
]
/** Below what is accepted by default. */
const accepted = 98

describe("a document under suspicion", () => {
  it.each([
    ["columns of a cycle's days", headed("Day 1", "Day 2", "Day 3"), "unknown_days"],
    ["days of a language that nobody here knows", headed("Pirmdiena", "Otrdiena", "Trešdiena"), "unknown_days"],
    ["days that do not follow each other", headed("Thursday", "Tuesday", "Friday"), "days_in_disorder"],
    ["a form with breaks alone", [week[0]!, ["9:00 - 10:00", "", "", ""], week[2]!], "only_breaks"],
    [
      "dishes of each day",
      [
        ["", "Monday", "Tuesday"],
        ["Main", "Pasta", "Curry"],
        ["Dessert", "Fruit", "Cake"]
      ],
      "no_times"
    ],
    [
      "two different times of each row",
      [
        ["Juniors", "Seniors", "Monday", "Tuesday"],
        ["9:00 - 10:00", "9:20 - 10:10", "Art", "Maths"],
        ["10:00 - 11:00", "10:10 - 11:00", "PE", "Art"],
        ["11:00 - 12:00", "11:10 - 12:00", "Choir", "PE"]
      ],
      "two_times"
    ],
    [
      "a lesson named by a day",
      [
        ["", "Monday", "Tuesday"],
        ["9:00 - 10:00", "Art", "Maths"],
        ["10:00 - 11:00", "Thursday", "Art"]
      ],
      "header_as_lesson"
    ],
    [
      "columns under no day",
      [
        ["", "Monday", "Tuesday", "Whensday"],
        ["9:00 - 10:00", "Art", "Maths", "PE"],
        ["10:00 - 11:00", "PE", "Art", "Maths"]
      ],
      "writing_left_out"
    ]
  ] as ReadonlyArray<readonly [string, MadeRows, string]>)("is not accepted: %s", (_, rows, code) => {
    const { codes, confidence, worst } = judge(pageWith(rows))
    expect(codes).toEqual([code])
    expect(confidence).toBeLessThan(accepted)
    expect(worst).toBeLessThan(accepted)
  })

  it("is not accepted: two tables of the same times that nothing tells apart", () => {
    const other = [...week.slice(0, 3), week[4]!.with(0, "10:20 - 11:20")]
    expect(judge(pageWith(week), pageWith(other)).codes).toEqual(["claimed_twice"])
    expect(judge(pageWith(week), pageWith(other)).confidence).toBeLessThan(accepted)
    expect(judge(pageWith(week, "Owls"), pageWith(other, "Larks")).codes).toEqual([])
    expect(judge(pageWith(week), pageWith(week)).codes).toEqual([])
  })

  it("is not accepted: a table without days beside one that has them", () => {
    const list = drawTable([
      ["First bell", "8:25 - 8:30"],
      ["Second bell", "8:35 - 8:40"]
    ])
    const { codes, confidence } = judge(pageWith(week), { ...blankPage, ...list })
    expect(codes).toEqual(["day_left_out"])
    expect(confidence).toBeLessThan(accepted)
  })

  it("is not accepted: lessons between the times of their rows", () => {
    const between: MadeRows = [
      ["", "Monday", "Tuesday"],
      ["9:00 - 10:00", "Art", "Maths"],
      ["", "Room 3", "Lab 2"],
      ["10:05 - 11:00", "PE", "Music"]
    ]
    const { codes, confidence } = judge(pageWith(between))
    expect(codes).toEqual(["rows_aside"])
    expect(confidence).toBeLessThan(accepted)
  })

  it("is not accepted: lessons of a calendar that nothing draws, between the hours beside them", () => {
    const hours = [8, 9, 10, 11].flatMap((hour, i) => wordsAt(`${hour}:00`, 40, 200 + 120 * i))
    const columns = ["Monday", "Tuesday", "Wednesday"].flatMap((day, i) => [
      ...wordsAt(day, 300 + 300 * i, 100),
      ...["Art", "Maths", "PE", "Choir"].flatMap((name, k) => wordsAt(name, 300 + 300 * i, 250 + 120 * k))
    ])
    const { codes, confidence } = judge({ ...blankPage, words: [...hours, ...columns] })
    expect(codes).toContain("rows_aside")
    expect(confidence).toBeLessThan(accepted)
  })

  it("is none that is a plain week, or a week of a Sunday first, or one with numbered periods alone", () => {
    const periods: MadeRows = [
      ["", "Monday", "Tuesday"],
      ["1", "Art", "Maths"],
      ["", { text: "Break", columnSpan: 2 }, null],
      ["2", "PE", "Art"]
    ]
    for (const rows of [week, headed("Sun", "Mon", "Tue"), periods]) expect(judge(pageWith(rows)).codes).toEqual([])
  })
})
