import { reviewCorrections } from "@timegrid/core/review"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const block = fc.record({
  name: fc.constantFrom("Maths", "English", "Art", "Registration"),
  dayOfWeek: fc.constantFrom("Monday" as const, "Tuesday" as const, null),
  startTime: fc.constantFrom("09:00", "10:00", null),
  endTime: fc.constantFrom("10:00", "11:00", null),
  notes: fc.constantFrom("Room 4", null)
})
const draft = fc.record({ timeblocks: fc.array(block, { maxLength: 8 }) })

const maths = { name: "Maths", dayOfWeek: "Monday" as const, startTime: "09:00", endTime: "10:00" }

describe("reviewCorrections", () => {
  test("counts every timeblock of both once", () => {
    fc.assert(
      fc.property(draft, draft, (read, put) => {
        const { added, changed, kept, removed } = reviewCorrections(read, put)
        const drafts = [...removed, ...changed.map(({ draftIndex }) => draftIndex)]
        const finals = [...added, ...changed.map(({ finalIndex }) => finalIndex)]
        expect(new Set(drafts).size).toBe(drafts.length)
        expect(new Set(finals).size).toBe(finals.length)
        expect(kept + drafts.length).toBe(read.timeblocks.length)
        expect(kept + finals.length).toBe(put.timeblocks.length)
      })
    )
  })

  test("finds nothing to put right in what is as it was, in any order", () => {
    fc.assert(
      fc.property(draft, (read) => {
        const put = { timeblocks: read.timeblocks.toReversed() }
        expect(reviewCorrections(read, put)).toEqual({
          kept: read.timeblocks.length,
          changed: [],
          removed: [],
          added: []
        })
      })
    )
  })

  test("names each field with what it was and what it is", () => {
    const put = { timeblocks: [{ ...maths, name: "Math", endTime: null, notes: "Room 4" }] }
    expect(reviewCorrections({ timeblocks: [maths] }, put).changed).toEqual([
      {
        draftIndex: 0,
        finalIndex: 0,
        fields: {
          name: { from: "Maths", to: "Math" },
          endTime: { from: "10:00", to: null },
          notes: { from: null, to: "Room 4" }
        }
      }
    ])
  })

  test("goes by the place in the result where a draft names it, however much was changed", () => {
    const read = { timeblocks: [{ ...maths, index: 0 }] }
    const put = {
      timeblocks: [{ name: "Art", dayOfWeek: "Tuesday" as const, startTime: null, endTime: null, index: 0 }]
    }
    expect(reviewCorrections(read, put)).toMatchObject({
      kept: 0,
      removed: [],
      added: [],
      changed: [{ draftIndex: 0 }]
    })
  })

  test("takes all of a review without a draft as added", () => {
    expect(reviewCorrections(null, { timeblocks: [maths] })).toEqual({ kept: 0, changed: [], removed: [], added: [0] })
  })
})
