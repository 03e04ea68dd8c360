import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { compactReading } from "../../src/ocr/ensembleAlignment.ts"
import { decideReading } from "../../src/ocr/ensembleDecision.ts"
import { lineOf, readings, textOf } from "./words.ts"

const engines = { primary: "first", secondary: "second", covers: (text: string) => !text.includes("ê") }

const pairs = fc.record({ primary: readings("first"), secondary: readings("second") })

const decide = (first: string, second: string, confidence = 0.7) =>
  textOf(decideReading({ primary: lineOf(first, confidence), secondary: lineOf(second, 0.99, "second") }, engines))

describe("decideReading", () => {
  it("gives one of the two readings, never a mixture", () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        assert.oneOf(textOf(decideReading(pair, engines)), [textOf(pair.primary), textOf(pair.secondary)])
      })
    )
  })

  it("never lowers the confidence of what both read alike, and names both", () => {
    fc.assert(
      fc.property(readings("first"), readings("second"), (primary, other) => {
        const secondary = primary.map((word, index) => ({ ...word, confidence: other[index]?.confidence ?? 0.5 }))
        const decided = decideReading({ primary, secondary }, engines)
        for (const [index, word] of decided.entries()) {
          assert.isAtLeast(word.confidence, primary[index]!.confidence)
          assert.isAtMost(word.confidence, 1)
          assert.strictEqual(word.engine, "first+second")
          assert.isTrue(word.agreement)
        }
      })
    )
  })

  it("never raises the confidence of a disputed reading, and names who read it", () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        fc.pre(compactReading(pair.primary) !== compactReading(pair.secondary))
        const decided = decideReading(pair, engines)
        const chosen = textOf(decided) === textOf(pair.primary) ? pair.primary : pair.secondary
        for (const [index, word] of decided.entries()) {
          assert.isAtMost(word.confidence, chosen[index]!.confidence)
          assert.notStrictEqual(word.engine, "first+second")
          assert.isNotTrue(word.agreement)
        }
      })
    )
  })

  it("takes two readings that differ in an accent alone for no dispute", () => {
    const primary = lineOf("Récréation", 0.93)
    assert.deepStrictEqual(decideReading({ primary, secondary: lineOf("Recreation", 1, "second") }, engines), primary)
  })

  it("does not ask an engine about what it cannot spell", () => {
    const primary = lineOf("Fête", 0.5)
    assert.deepStrictEqual(decideReading({ primary, secondary: lineOf("Fete", 1, "second") }, engines), primary)
  })

  it("asks it about signs that stand for no letter", () => {
    assert.strictEqual(decide("¢", "4"), "4")
  })

  it.each([
    ["a time with its sign", "935", "9:35"],
    ["a word that ties two times", "fo", "to"],
    ["a day", "Nonday", "Monday"]
  ] as const)("takes %s from the second engine", (_, first, second) => {
    assert.strictEqual(decide(first, second, 0.95), second)
  })

  it("takes the reading that is at least twice as long, however sure the other is", () => {
    assert.strictEqual(decide("Lunch Break", "C", 0.6), "Lunch Break")
    assert.strictEqual(decide("J", "Jazz", 0.999), "Jazz")
  })

  it("takes digits that only the first engine sees where it is surer than the second of a sign", () => {
    const second = lineOf("H", 0.4, "second")
    assert.strictEqual(textOf(decideReading({ primary: lineOf("4", 0.8), secondary: second }, engines)), "4")
  })

  it("takes digits from the second engine, unless the first is as sure as it ever is", () => {
    assert.strictEqual(decide("5:30", "3:30", 0.9), "3:30")
    assert.strictEqual(decide("1", "7", 0.95), "1")
  })

  it("takes a word without digits from the engine that is surer of it", () => {
    const chosen = (first: number, second: number) =>
      textOf(decideReading({ primary: lineOf("Bel", first), secondary: lineOf("Bell", second, "second") }, engines))
    assert.strictEqual(chosen(0.5, 0.95), "Bell")
    assert.strictEqual(chosen(0.95, 0.99), "Bell")
    assert.strictEqual(chosen(0.96, 0.6), "Bel")
  })

  it.each([
    ["a time with its signs", "12:55 - 1:10", "1255 - 110"],
    ["a day", "Tuesday", "Tuecday"],
    ["an accent that the second lost", "Récréation", "Recreation"],
    ["a capital that the second lost", "Lab", "lab"],
    ["a word in which the second sees digits", "Room", "R00m"]
  ] as const)("keeps %s of the first engine", (_, first, second) => {
    assert.strictEqual(decide(first, second), first)
  })

  it("takes a word that only the second engine saw when it is sure of it", () => {
    const unseen = (confidence: number) =>
      textOf(decideReading({ primary: [], secondary: lineOf("10", confidence, "second") }, engines))
    assert.strictEqual(unseen(0.9), "10")
    assert.strictEqual(unseen(0.8), "")
  })

  it("drops letters that only the first engine saw and is not sure of, but no dash", () => {
    const unseen = (text: string, confidence: number) =>
      textOf(decideReading({ primary: lineOf(text, confidence), secondary: [] }, engines))
    assert.strictEqual(unseen("li", 0.6), "")
    assert.strictEqual(unseen("Art", 0.95), "Art")
    assert.strictEqual(unseen("-", 0.3), "-")
  })
})
