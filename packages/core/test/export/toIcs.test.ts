import * as fc from "fast-check"
import { assert, describe, it, vi } from "vitest"
import { toIcs } from "../../src/index.ts"
import { extraction, timeblock } from "../support/extractions.ts"
import { anyBlock } from "./anyBlock.ts"

const school = { startDate: "2025-09-03", zone: "Europe/London", until: "2026-07-17" } as const

const valuesOf = (text: string, name: string) =>
  text
    .replaceAll("\r\n ", "")
    .split("\r\n")
    .filter((line) => line.startsWith(name))

describe("a calendar", () => {
  it("lets each block first occur on or after the start date, by the clock of the school", () => {
    const { text } = toIcs(extraction([timeblock(), timeblock({ dayOfWeek: "Wednesday" })]), school)
    assert.deepStrictEqual(valuesOf(text, "DTSTART;"), [
      "DTSTART;TZID=Europe/London:20250908T090000",
      "DTSTART;TZID=Europe/London:20250903T090000"
    ])
    assert.strictEqual(valuesOf(text, "BEGIN:VTIMEZONE").length, 1)
  })

  it("repeats until the end of the last day, in UTC", () => {
    const { text } = toIcs(extraction([timeblock()]), school)
    assert.deepStrictEqual(valuesOf(text, "RRULE:FREQ=WEEKLY"), ["RRULE:FREQ=WEEKLY;INTERVAL=1;UNTIL=20260717T225900Z"])
    const forEver = toIcs(extraction([timeblock()]), { ...school, until: null })
    assert.deepStrictEqual(valuesOf(forEver.text, "RRULE:FREQ=WEEKLY"), ["RRULE:FREQ=WEEKLY;INTERVAL=1"])
  })

  it("leaves out what would first occur after the last day", () => {
    const { text } = toIcs(extraction([timeblock({ dayOfWeek: "Tuesday" })]), { ...school, until: "2025-09-05" })
    assert.notInclude(text, "BEGIN:VEVENT")
  })

  it("lets a block over midnight end on the next day", () => {
    const { text } = toIcs(extraction([timeblock({ startTime: "23:00", endTime: "01:00" })]), school)
    assert.deepStrictEqual(valuesOf(text, "DTEND"), ["DTEND;TZID=Europe/London:20250909T010000"])
  })

  it("gives what has no end no length", () => {
    const bell = { dayOfWeek: "Monday", time: "08:45", name: "Bell", page: 1, confidence: 99, evidence: {} } as const
    const { text } = toIcs(extraction([timeblock({ endTime: null })], [bell]), school)
    assert.strictEqual(valuesOf(text, "BEGIN:VEVENT").length, 2)
    assert.deepStrictEqual(valuesOf(text, "DTEND"), [])
  })

  it("skips what has no day or no start, and says so", () => {
    const blocks = [timeblock({ dayOfWeek: null }), timeblock(), timeblock({ startTime: null })]
    const { text, warnings } = toIcs(extraction(blocks), school)
    assert.strictEqual(valuesOf(text, "BEGIN:VEVENT").length, 1)
    assert.deepStrictEqual(warnings, [
      {
        code: "not_in_calendar",
        message: "2 without a weekday or a start are not in the calendar.",
        timeblocks: [0, 2]
      }
    ])
  })

  it("repeats the weeks of a cycle in turn, the first by name in the week of the start date", () => {
    const blocks = [timeblock({ week: "B", dayOfWeek: "Friday" }), timeblock({ week: "A", dayOfWeek: "Friday" })]
    const { text, warnings } = toIcs(extraction(blocks), school)
    assert.deepStrictEqual(valuesOf(text, "DTSTART;"), [
      "DTSTART;TZID=Europe/London:20250912T090000",
      "DTSTART;TZID=Europe/London:20250905T090000"
    ])
    assert.isTrue(valuesOf(text, "RRULE:FREQ=WEEKLY").every((rule) => rule.includes("INTERVAL=2")))
    assert.deepStrictEqual(
      warnings.map(({ code }) => code),
      ["week_cycle"]
    )
  })

  it("writes an old name of a zone by its present one", () => {
    assert.include(toIcs(extraction([timeblock()]), { ...school, zone: "Asia/Calcutta" }).text, "TZID=Asia/Kolkata:")
  })

  it("throws on a zone that does not exist", () => {
    assert.throws(() => toIcs(extraction([]), { ...school, zone: "Mars/Olympus" }), RangeError)
  })

  it("keeps to lines of 75 bytes and gives each event an identifier of its own, whatever the page says", () => {
    fc.assert(
      fc.property(fc.array(anyBlock), (blocks) => {
        const { text } = toIcs(extraction(blocks), school)
        assert.isTrue(text.split("\r\n").every((line) => new TextEncoder().encode(line).length <= 75))
        const identifiers = valuesOf(text, "UID:")
        assert.strictEqual(new Set(identifiers).size, identifiers.length)
      })
    )
  })

  it("leaves out the weeks of a break, counted from that of the start date", () => {
    const { text } = toIcs(extraction([timeblock({ dayOfWeek: "Tuesday" })]), {
      startDate: "2025-09-01",
      zone: "Europe/London",
      until: "2025-09-30",
      breakWeeks: [1, 3]
    })
    assert.match(text, /DTSTART;TZID=Europe\/London:20250902T090000/)
    assert.match(text, /EXDATE;TZID=Europe\/London:20250902T090000,20250916T090000/)
  })

  it("goes on for ever where its last day has no date, and leaves out breaks that no date has", () => {
    const { text } = toIcs(extraction([timeblock()]), {
      startDate: "2025-09-01",
      zone: "America/New_York",
      until: "9999-12-31",
      breakWeeks: [2, 2 ** 31 - 1]
    })
    assert.deepStrictEqual(valuesOf(text, "RRULE:FREQ=WEEKLY"), ["RRULE:FREQ=WEEKLY;INTERVAL=1"])
    assert.deepStrictEqual(valuesOf(text, "EXDATE"), ["EXDATE;TZID=America/New_York:20250908T090000"])
  })

  it("has no event that would first occur after the last date there is", () => {
    const { text } = toIcs(extraction([timeblock()]), { startDate: "9999-12-31", zone: "Europe/London", until: null })
    assert.notInclude(text, "BEGIN:VEVENT")
  })

  it("has the same bytes in every zone that a machine stands in", () => {
    // On 9 March clocks spring forward at 02:00 in New York, on 30 March at 01:00 in London.
    const read = extraction([timeblock(), timeblock({ dayOfWeek: "Sunday", startTime: "01:30", endTime: "02:30" })])
    const calendars = ["America/New_York", "Europe/London", "Pacific/Apia"].map((zone) => {
      vi.stubEnv("TZ", zone)
      assert.strictEqual(Intl.DateTimeFormat().resolvedOptions().timeZone, zone)
      return toIcs(read, { ...school, startDate: "2025-03-09" }).text
    })
    vi.unstubAllEnvs()
    assert.include(calendars[0], "DTSTART;TZID=Europe/London:20250309T013000")
    assert.isTrue(calendars.every((text) => text === calendars[0]))
  })
})
