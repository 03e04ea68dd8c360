import { describe, expect, it } from "vitest"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { type MadeRows, pageWith } from "../support/pages.ts"

const read = (rows: MadeRows) =>
  interpretPages([pageWith(rows)]).timeblocks.map(
    ({ dayOfWeek, endTime, name, startTime }) => `${dayOfWeek?.slice(0, 3)} ${startTime}-${endTime} ${name}`
  )

describe("times that a header gives to some days", () => {
  it("hold for those days alone, in a column beside the usual times", () => {
    expect(
      read([
        ["Time", "Fri times", "Thursday", "Friday"],
        ["9:00 - 10:00", "9:00 - 9:45", "Art", "Maths"],
        ["10:00 - 11:00", "9:45 - 10:30", { text: "Games", columnSpan: 2 }, null]
      ])
    ).toEqual(["Thu 09:00-10:00 Art", "Thu 10:00-11:00 Games", "Fri 09:00-09:45 Maths", "Fri 09:45-10:30 Games"])
  })

  it("hold for those days alone where every line of times has its days", () => {
    expect(
      read([
        ["Mon-Thu", "Fri", "Wednesday", "Thursday", "Friday"],
        ["9:00 - 10:00", "9:00 - 9:45", "Art", "Maths", "PE"],
        ["10:00 - 11:00", "9:45 - 10:30", "PE", "Art", "Maths"]
      ]).filter((lesson) => lesson.includes("PE"))
    ).toEqual(["Wed 10:00-11:00 PE", "Fri 09:00-09:45 PE"])
  })

  it("hold for those days alone, in a row above them", () => {
    expect(
      read([
        ["", "9:00 - 10:00", "10:00 - 11:00"],
        ["Wed", "Art", "Maths"],
        ["Thu", "PE", "Art"],
        ["Friday times", "9:00 - 9:45", "9:45 - 10:30"],
        ["Fri", "Maths", "PE"]
      ]).slice(2)
    ).toEqual(["Thu 09:00-10:00 PE", "Thu 10:00-11:00 Art", "Fri 09:00-09:45 Maths", "Fri 09:45-10:30 PE"])
  })
})
