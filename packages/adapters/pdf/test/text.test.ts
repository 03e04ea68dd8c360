import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { readableText } from "../src/text.ts"

describe("readableText", () => {
  it.each([
    ["o\uFB03ce", "office"],
    ["Fe\u0301vrier", "F\u00E9vrier"],
    ["co\u00ADop", "co-op"],
    ["\uF0A7Maths\u0007\u200B", "Maths"],
    ["\uE001", ""],
    ["\u05DD\u05D5\u05D9", "\u05D9\u05D5\u05DD"],
    ["8³⁰–½", "8³⁰–½"]
  ])("of %j is %j", (glyphs, text) => {
    assert.strictEqual(readableText(glyphs), text)
  })

  it("leaves plain letters as they are", () => {
    fc.assert(fc.property(fc.stringMatching(/^[!-~]*$/), (text) => readableText(text) === text))
  })

  it("is composed and free of control characters, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (glyphs) => {
        const text = readableText(glyphs)
        return !/[\p{Cc}\p{Co}]/u.test(text)
      })
    )
  })
})
