import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { editDistance, isWithinEdits } from "../../src/internal/editDistance.ts"

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 })

describe("isWithinEdits", () => {
  it("says what the distance says, for any number of edits", () => {
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, most) => {
        expect(isWithinEdits(a, b, most)).toBe(editDistance(a, b) <= most)
      })
    )
  })
})
