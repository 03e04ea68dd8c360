import { describe, expect, it } from "vitest"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { type MadeRows, pageWith } from "../support/pages.ts"

const read = (rows: MadeRows) =>
  interpretPages([pageWith(rows)]).timeblocks.map(
    ({ dayOfWeek, endTime, name, startTime }) => `${dayOfWeek?.slice(0, 3)} ${startTime}-${endTime} ${name}`
  )

describe("days as letters run together", () => {
  it("are those of a course in a column that is headed so", () => {
    expect(
      read([
        ["Course", "Days", "Start", "End"],
        ["Biology", "MW", "9:00 AM", "9:50 AM"],
        ["Art", "F", "10:00 AM", "10:50 AM"],
        ["History", "TTh", "1:00 PM", "2:15 PM"]
      ])
    ).toEqual([
      "Mon 09:00-09:50 Biology",
      "Tue 13:00-14:15 History",
      "Wed 09:00-09:50 Biology",
      "Thu 13:00-14:15 History",
      "Fri 10:00-10:50 Art"
    ])
  })

  it("are those of a course beside its time", () => {
    expect(
      read([
        ["Course", "Meets", "Room"],
        ["Biology", "MWF 9:00 AM - 9:50 AM", "12"],
        ["History", "TR 1:00 PM - 2:15 PM", "31"]
      ]).length
    ).toBe(5)
  })

  it("are parted from the time that OCR read together with them", () => {
    const page = pageWith([
      ["Course", "Meets"],
      ["Biology", "MWF 9.00-9.50am"],
      ["History", "TTh 1.00-2.15pm"],
      ["Art", "F10.00-10.50am"]
    ])
    const words = page.words.map((word) => ({ ...word, source: "ocr" as const }))
    const { timeblocks } = interpretPages([{ ...page, words }])
    expect(
      timeblocks.filter(({ name }) => name === "Art").map(({ dayOfWeek, startTime }) => [dayOfWeek, startTime])
    ).toEqual([["Friday", "10:00"]])
  })

  it("are no days where they may be initials of teachers", () => {
    expect(
      read([
        ["Time", "Lesson", "Teacher"],
        ["9:00 - 10:00", "Maths", "MW"],
        ["10:00 - 11:00", "Art", "TF"]
      ])
    ).toEqual(["undefined 09:00-10:00 Maths", "undefined 10:00-11:00 Art"])
  })
})
