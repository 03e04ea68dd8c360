import { assert, describe, it } from "@effect/vitest"
import { type ExtractedTimeblock, groundingOf } from "@timegrid/core"
import { evidence, extraction, timeblock } from "./extractions.ts"

type Evidence = ExtractedTimeblock["evidence"]

/** The fields of one block that are neither printed nor inferred. */
const ungrounded = (parts: Partial<ExtractedTimeblock>, changed: Evidence = {}) =>
  groundingOf(
    extraction({ timeblocks: [{ ...parts, evidence: { ...timeblock().evidence, ...changed } }] })
  ).ungrounded.map(({ field }) => field)

describe("groundingOf", () => {
  it("counts each field that has a value once", () => {
    const { counts } = groundingOf(extraction({ timeblocks: [{}, { dayOfWeek: null, endTime: null }] }))
    assert.deepStrictEqual(counts, {
      day: { printed: 1, inferred: 0, ungrounded: 0 },
      start: { printed: 2, inferred: 0, ungrounded: 0 },
      end: { printed: 1, inferred: 0, ungrounded: 0 },
      name: { printed: 2, inferred: 0, ungrounded: 0 },
      notes: { printed: 0, inferred: 0, ungrounded: 0 }
    })
  })

  it("finds values that the words do not say, and values without words", () => {
    assert.deepStrictEqual(ungrounded({ dayOfWeek: "Tuesday" }), ["day"])
    assert.deepStrictEqual(ungrounded({ startTime: "09:05" }), ["start"])
    assert.deepStrictEqual(ungrounded({ endTime: "10:30" }), ["end"])
    assert.deepStrictEqual(ungrounded({ name: "Music" }), ["name"])
    assert.deepStrictEqual(ungrounded({ notes: "Room 4" }), ["notes"])
    assert.deepStrictEqual(ungrounded({}, { name: evidence(""), day: evidence("") }), ["day", "name"])
  })

  it("says what it found, so that it can be looked up", () => {
    const { ungrounded: fields } = groundingOf(extraction({ timeblocks: [{ endTime: "10:30" }] }))
    assert.deepStrictEqual(fields, [{ field: "end", value: "10:30", words: "10:00", rule: "time-header" }])
  })

  it("leaves am and pm to the order of the day", () => {
    assert.deepStrictEqual(ungrounded({ startTime: "13:15" }, { start: evidence("1.15") }), [])
  })

  it("takes a bare number for a time only as an end of a range", () => {
    assert.deepStrictEqual(ungrounded({}, { start: evidence("9"), end: evidence("10.00am") }), [])
    assert.deepStrictEqual(ungrounded({}, { start: evidence("9 –"), end: evidence("10am") }), [])
    assert.deepStrictEqual(ungrounded({}, { start: evidence("9"), end: evidence("") }), ["start", "end"])
  })

  it("never takes the start from the words of the end", () => {
    assert.deepStrictEqual(ungrounded({ startTime: "10:00" }, { start: evidence("") }), ["start"])
  })

  it("reads initials, lists, ranges and spread letters of days", () => {
    for (const words of ["M", "Mon, Tue & Thu", "12 Mon", "M O N D A Y"]) {
      assert.deepStrictEqual(ungrounded({}, { day: evidence(words) }), [], words)
    }
    assert.deepStrictEqual(ungrounded({ dayOfWeek: "Wednesday" }, { day: evidence("Mon - Fri") }), [])
  })

  it("puts letters and broken words together, and leaves times among the words of a name aside", () => {
    assert.deepStrictEqual(ungrounded({}, { name: evidence("M A T H S") }), [])
    assert.deepStrictEqual(ungrounded({ name: "Comprehension" }, { name: evidence("Compre- hension") }), [])
    assert.deepStrictEqual(ungrounded({}, { name: evidence("9:00-10:00 Maths") }), [])
  })

  it("tells what a rule infers or repairs from what is printed", () => {
    const { counts, ungrounded: fields } = groundingOf(
      extraction({
        timeblocks: [
          {
            evidence: {
              ...timeblock().evidence,
              start: evidence("9:OO", "time-header", true),
              end: evidence("", "time-among-times"),
              day: evidence("12.9.", "day-between-days")
            },
            startTime: "09:10"
          }
        ]
      })
    )
    assert.deepStrictEqual(fields, [])
    for (const field of ["day", "start", "end"] as const) assert.strictEqual(counts[field].inferred, 1, field)
  })

  it("looks at markers too", () => {
    const bell = { dayOfWeek: "Monday", time: "09:00", name: "Bell", page: 1, confidence: 90 } as const
    const words = { day: evidence("Monday"), time: evidence("9.00"), name: evidence("Bell") }
    const { ungrounded: fields } = groundingOf(
      extraction({
        timeblocks: [],
        markers: [
          { ...bell, evidence: words },
          { ...bell, evidence: {} }
        ]
      })
    )
    assert.deepStrictEqual(
      fields.map(({ field }) => field),
      ["day", "start", "name"]
    )
  })
})
