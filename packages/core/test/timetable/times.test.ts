import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { formatClock, resolveClocks } from "../../src/timetable/clocks.ts"
import { findTimes, withoutTimes } from "../../src/timetable/times.ts"

const read = (text: string) =>
  resolveClocks(findTimes(text)).map(({ start, end }) =>
    [start, end].map((clock) => (clock ? formatClock(clock.minutes) : null)).join(" to ")
  )

describe("findTimes", () => {
  it.each([
    ["9:30", "09:30 to "],
    ["9.30 – 10.15", "09:30 to 10:15"],
    ["0930-1015", "09:30 to 10:15"],
    ["9-9.30am", "09:00 to 09:30"],
    ["12 – 1pm", "12:00 to 13:00"],
    ["1.15-3PM", "13:15 to 15:00"],
    ["8 to 9", "08:00 to 09:00"],
    ["8h30 à 9h15", "08:30 to 09:15"],
    ["13h – 14h", "13:00 to 14:00"],
    ["12 noon - 1", "12:00 to 13:00"],
    ["9.55\n–\n10.25", "09:55 to 10:25"],
    ["8.10\n8.50", "08:10 to 08:50"],
    ["8:05 a.m. to 8:50 a.m.", "08:05 to 08:50"],
    ["1O:3O - 11:OO", "10:30 to 11:00"],
    ["8to 9", "08:00 to 09:00"],
    ["12:20 fo 1:20", "12:20 to 13:20"],
    ["9:20 - 10 05", "09:20 to 10:05"],
    ["10 20am", "10:20 to "],
    ["11h-midi", "11:00 to 12:00"],
    ["8:30a-12:15p", "08:30 to 12:15"],
    ["6\n12-12:30", "12:00 to 12:30"],
    ["0850 - 0950: Library", "08:50 to 09:50"],
    ["Leçon 1: 08h10 – 09h10", "08:10 to 09:10"],
    ["12:05 AM - 12:50 AM", "12:05 to 12:50"],
    ["9-30", "09:30 to "],
    ["9-10 to 9-55", "09:10 to 09:55"],
    ["8-45 – 9-30", "08:45 to 09:30"],
    ["9-10\n9-55", "09:10 to 09:55"],
    ["9-10 am to 12-55 pm", "09:10 to 12:55"],
    ["11-10to0 11-45", "11:10 to 11:45"],
    ["08-00", "08:00 to "],
    ["9-10", "09:00 to 10:00"]
  ])("reads %j", (text, expected) => {
    expect(read(text)).toEqual([expected])
  })

  it.each([
    "17-03-2031",
    "03/05/2030",
    "2031-2032",
    "Music 5",
    "Maths 12-45",
    "3-30-4",
    "2-1",
    "9A",
    "Après-midi",
    "après midi",
    "Room 12",
    "Year 3",
    "3/4",
    "305-2A7 gr.12",
    "(5Mar-9Mar; 19-23Apr)",
    "CS101\nA1.02",
    "MATH 1115X B2.11"
  ])("sees no time in %j", (text) => {
    expect(findTimes(text).filter(({ start, end }) => !(start.bare && end?.bare))).toEqual([])
  })

  it("reads back every range that it is given, whatever the dash", () => {
    const minutes = fc.integer({ min: 7 * 60, max: 17 * 60 })
    const dash = fc.constantFrom("-", " - ", "–", " — ", " to ", " until ")
    fc.assert(
      fc.property(minutes, fc.integer({ min: 5, max: 180 }), dash, (from, length, tie) => {
        const [start, end] = [formatClock(from), formatClock(from + length)]
        expect(read(`${start}${tie}${end}`)).toEqual([`${start} to ${end}`])
      })
    )
  })

  it("never fails and never reads outside the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        for (const { from, to } of findTimes(text)) expect(from >= 0 && to <= text.length && from < to).toBe(true)
      })
    )
  })
})

describe("withoutTimes", () => {
  it("leaves the text beside a time and none of what tied them", () => {
    const text = "6:00 AM - 7:30 AM: Morning study"
    expect(withoutTimes(text, findTimes(text))).toBe("Morning study")
  })
})

describe("resolveClocks", () => {
  const axis = (texts: ReadonlyArray<string>) =>
    resolveClocks(
      texts.map((text) => findTimes(text)[0]!),
      { ordered: true }
    ).map(({ start }) => formatClock(start.minutes))

  it("takes hours that follow the morning for the afternoon", () => {
    expect(axis(["8:40", "9:30", "11.00", "12.15", "1.00", "2.30"])).toEqual([
      "08:40",
      "09:30",
      "11:00",
      "12:15",
      "13:00",
      "14:30"
    ])
  })

  it("overrules an am that stands after noon, and says so", () => {
    const clocks = resolveClocks(
      ["11:20 AM - 12:15 PM", "12:15 AM - 1:05 PM", "1:05 PM - 1:50 PM"].map((text) => findTimes(text)[0]!),
      { ordered: true }
    )
    expect(clocks.map(({ start }) => formatClock(start.minutes))).toEqual(["11:20", "12:15", "13:05"])
    expect(clocks.map(({ start }) => start.repaired)).toEqual([false, true, false])
  })

  it("keeps to the hours that a heading states", () => {
    const [range] = resolveClocks([findTimes("7:00 - 8:00")[0]!], { within: [17 * 60, 21 * 60] })
    expect(formatClock(range!.start.minutes)).toBe("19:00")
  })

  it("finds am and pm of any school day printed without them", () => {
    const day = fc
      .array(fc.integer({ min: 5, max: 90 }), { minLength: 3, maxLength: 9 })
      .filter((steps) => steps.reduce((sum, step) => sum + step, 0) <= 9 * 60)
    fc.assert(
      fc.property(fc.integer({ min: 7 * 60, max: 9 * 60 }), day, (first, steps) => {
        const times = [first]
        for (const step of steps) times.push(times.at(-1)! + step)
        const printed = times.map(
          (time) => `${((Math.floor(time / 60) + 11) % 12) + 1}.${String(time % 60).padStart(2, "0")}`
        )
        expect(axis(printed)).toEqual(times.map(formatClock))
      })
    )
  })
})
