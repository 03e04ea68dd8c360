import { describe, expect, it } from "vitest"
import { findDays, orderDays } from "../../src/timetable/days.ts"

const daysIn = (text: string) => findDays(text)?.days.map(([day]) => day)

describe("findDays", () => {
  it.each([
    ["Monday", [0]],
    ["TUES", [1]],
    ["Mercredi", [2]],
    ["Mon 9 Mar", [0]],
    ["Thursday\n19-03-2031", [3]],
    ["Monday, Tuesday & Friday", [0, 1, 4]],
    ["Mon - Thu", [0, 1, 2, 3]],
    ["lundi au vendredi", [0, 1, 2, 3, 4]],
    ["Weekdays", [0, 1, 2, 3, 4]],
    ["— Monday / Thursday", [0, 3]],
    ["Mittwoch, 3. September", [2]],
    ["Miércoles", [2]],
    ["GIOVEDÌ", [3]],
    ["Segunda-feira", [0]],
    ["Montag bis Freitag", [0, 1, 2, 3, 4]],
    ["Rāmere", [4]]
  ])("reads the days of %j", (text, days) => {
    expect(daysIn(text)).toEqual(days)
    expect(findDays(text)?.rest).toBe("")
  })

  it.each([
    "Do homework",
    "Die Welle",
    "Martens",
    "Sexton",
    "Monitors meeting",
    "Mathematics",
    "Friends club",
    "Sunshine room",
    "9:00",
    ""
  ])("sees no day in %j", (text) => {
    expect(findDays(text)).toBeNull()
  })

  it("reads a name with a misread letter and says that it repaired it", () => {
    expect(findDays("Wednesdoy")).toMatchObject({ days: [[2]], spelling: "repaired" })
  })

  it("gives back what is said beside the day", () => {
    expect(findDays("Thurs (Wk A)")?.rest).toBe("wk a")
  })
})

describe("orderDays", () => {
  const initials = (letters: string) => orderDays([...letters].map((letter) => findDays(letter)!.days[0]!))

  it("tells equal initials apart by the order of the week", () => {
    expect(initials("MTWTF")).toEqual([0, 1, 2, 3, 4])
    expect(initials("LMMJV")).toEqual([0, 1, 2, 3, 4])
    expect(initials("TWTFSS")).toEqual([1, 2, 3, 4, 5, 6])
  })
})
