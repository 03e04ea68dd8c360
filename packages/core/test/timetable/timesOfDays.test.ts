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

  it("hold for the one day that heads both them and its lessons", () => {
    expect(
      read([
        [{ text: "Monday", columnSpan: 2 }, null, { text: "Tuesday", columnSpan: 2 }, null],
        ["8:30 - 9:20", "Maths", "8:40 - 9:20", "English"],
        ["9:30 - 10:20", "Art", "9:25 - 10:05", "Music"],
        ["10:30 - 11:20", "PE", "", ""]
      ])
    ).toEqual([
      "Mon 08:30-09:20 Maths",
      "Mon 09:30-10:20 Art",
      "Mon 10:30-11:20 PE",
      "Tue 08:40-09:20 English",
      "Tue 09:25-10:05 Music"
    ])
  })

  it("hold for the days behind them up to the next times", () => {
    expect(
      read([
        ["Time", "Monday", "Tuesday", "Time", "Wednesday"],
        ["8:30 - 9:20", "Maths", "Art", "8:40 - 9:20", "English"],
        ["9:30 - 10:20", "Art", "PE", "9:25 - 10:05", "Music"]
      ])
    ).toEqual([
      "Mon 08:30-09:20 Maths",
      "Mon 09:30-10:20 Art",
      "Tue 08:30-09:20 Art",
      "Tue 09:30-10:20 PE",
      "Wed 08:40-09:20 English",
      "Wed 09:25-10:05 Music"
    ])
  })

  it("hold for the one day whose row they share with its lessons", () => {
    expect(
      read([
        [{ text: "Mon", rowSpan: 2 }, "9:00 - 10:00", "10:00 - 11:00"],
        [null, "Art", "Maths"],
        [{ text: "Tue", rowSpan: 2 }, "9:10 - 10:10", "10:10 - 11:10"],
        [null, "PE", "Art"]
      ])
    ).toEqual(["Mon 09:00-10:00 Art", "Mon 10:00-11:00 Maths", "Tue 09:10-10:10 PE", "Tue 10:10-11:10 Art"])
  })

  it("hold for all days where the same days come again with other times", () => {
    expect(
      read([
        ["", "9:00 - 10:00", "10:00 - 11:00"],
        ["Mon", "Art", "Maths"],
        ["Tue", "PE", "Art"],
        ["", "1:00 - 2:00", "2:00 - 3:00"],
        ["Mon", "Music", "PE"],
        ["Tue", "Maths", "Music"]
      ])
    ).toEqual([
      "Mon 09:00-10:00 Art",
      "Mon 10:00-11:00 Maths",
      "Mon 13:00-14:00 Music",
      "Mon 14:00-15:00 PE",
      "Tue 09:00-10:00 PE",
      "Tue 10:00-11:00 Art",
      "Tue 13:00-14:00 Maths",
      "Tue 14:00-15:00 Music"
    ])
  })

  it("are those of a day in capitals that fills its line above the rest of the header", () => {
    const page = pageWith(
      [
        ["Time", "9:00-9:45", "9:50-10:30"],
        ["WEDNESDAY\ntimes", "9:10-9:50", "9:55-10:30"],
        ["THURSDAY", "Art", "Maths"],
        ["WEDNESDAY", "PE", "Music"]
      ],
      "",
      { columnWidth: 110 }
    )
    expect(interpretPages([page]).timeblocks.map(({ name, startTime }) => `${startTime} ${name}`)).toEqual([
      "09:10 PE",
      "09:55 Music",
      "09:00 Art",
      "09:50 Maths"
    ])
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
