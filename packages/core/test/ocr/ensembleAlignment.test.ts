import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { alignReadings, compactReading } from "../../src/ocr/ensembleAlignment.ts"
import { lineOf, readings, textOf } from "./words.ts"

const pairsOf = (first: string, second: string) =>
  alignReadings(lineOf(first), lineOf(second)).map(({ primary, secondary }) => [textOf(primary), textOf(secondary)])

describe("alignReadings", () => {
  it("keeps every word of both readings, in order, and no empty pair", () => {
    fc.assert(
      fc.property(readings("first"), readings("second"), (first, second) => {
        const pairs = alignReadings(first, second)
        assert.deepStrictEqual(
          pairs.flatMap(({ primary }) => primary),
          first
        )
        assert.deepStrictEqual(
          pairs.flatMap(({ secondary }) => secondary),
          second
        )
        for (const { primary, secondary } of pairs) assert.isAbove(primary.length + secondary.length, 0)
      })
    )
  })

  it("pairs equal readings word by word", () => {
    fc.assert(
      fc.property(readings("first"), (words) => {
        for (const { primary, secondary } of alignReadings(words, words)) {
          assert.deepStrictEqual(primary, secondary)
          assert.lengthOf(primary, 1)
        }
      })
    )
  })

  it("keeps a difference to the word that it is in", () => {
    assert.deepStrictEqual(pairsOf("9:30 Late Bell Rings", "9:30 Late Bel Rings"), [
      ["9:30", "9:30"],
      ["Late", "Late"],
      ["Bell", "Bel"],
      ["Rings", "Rings"]
    ])
  })

  it("puts words together where only one reading sets them apart", () => {
    assert.deepStrictEqual(pairsOf("9:30 - 10:15 Art", "9:30-10:15 Art"), [
      ["9:30 - 10:15", "9:30-10:15"],
      ["Art", "Art"]
    ])
  })

  it("pairs what only one reading has with nothing", () => {
    assert.deepStrictEqual(pairsOf("Art", "Art 12"), [
      ["Art", "Art"],
      ["", "12"]
    ])
    assert.deepStrictEqual(pairsOf("", ""), [])
  })
})

describe("compactReading", () => {
  it("takes dashes, quotes and full-width signs of all kinds for one", () => {
    assert.strictEqual(compactReading(lineOf("9：30 – 10:15 Year’s")), "9:30-10:15Year's")
  })
})
