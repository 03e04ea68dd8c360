import { describe, expect, it } from "vitest"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { pageWith } from "../support/pages.ts"

const daysOf = (...headers: ReadonlyArray<string>) =>
  interpretPages([
    pageWith([
      ["", ...headers],
      ["9:00 - 10:00", ...headers.map((_, i) => `Lesson ${i}`)],
      ["10:00 - 11:00", ...headers.map((_, i) => `Course ${i}`)]
    ])
  ]).timeblocks.flatMap(({ dayOfWeek, startTime }) => (startTime === "09:00" ? [dayOfWeek] : []))

const schoolWeek = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]

describe("abbreviated days", () => {
  it.each([
    ["German", "Mo Di Mi Do Fr"],
    ["German", "M D M D F"],
    ["Spanish", "Lun Mar Mié Jue Vie"],
    ["Spanish", "L M X J V"],
    ["Italian", "Lu Ma Me Gi Ve"],
    ["Dutch", "ma di wo do vr"],
    ["Portuguese", "Seg Ter Qua Qui Sex"],
    ["Swedish", "MÅN TIS ONS TOR FRE"],
    ["Swedish", "Må Ti On To Fr"],
    ["English", "Mo Tu We Th Fr"],
    ["French", "Lu Ma Me Je Ve"]
  ])("are read in the language that knows their line: %s, %s", (_, line) => {
    expect(daysOf(...line.split(" "))).toEqual(schoolWeek)
  })

  it("are no days of another language where their own knows as many", () => {
    expect(daysOf("Tue", "Wed", "Sat")).toEqual(["Tuesday", "Wednesday", "Saturday"])
  })

  it("are no days where the line does not go through the week", () => {
    expect(daysOf("Do", "Mi", "So").every((day) => day === null)).toBe(true)
  })
})
