import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fold } from "../../src/timetable/languages.ts"

describe("fold", () => {
  it("takes accents, capitals and needless white space away", () => {
    expect(fold("  Récré\n\t d’Été ")).toBe("recre d'ete")
  })

  it("makes the same of plain writing, whether or not an accent stands beside it", () => {
    const plain = fc.string({ unit: fc.constantFrom("a", "Z", "7", "-", " ", "\t"), maxLength: 12 })
    fc.assert(
      fc.property(plain, (text) => {
        expect(`e ${fold(text)}`.trim()).toBe(fold(`é ${text}`))
      })
    )
  })

  it("leaves what is folded as it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      })
    )
  })
})
