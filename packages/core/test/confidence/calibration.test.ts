import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Curve, judgedParts } from "../../src/confidence/Calibration.ts"
import { calibration } from "../../src/confidence/calibration.v1.ts"
import { valueAt } from "../../src/confidence/curve.ts"
import { doubtMeanings } from "../../src/confidence/doubts.ts"

const rises = (curve: Curve): boolean =>
  curve.every(([score, probability], i) => {
    const before = curve[i - 1]
    return before === undefined || (score > before[0] && probability >= before[1])
  })

describe("the fitted calibration", () => {
  const readings = Object.entries(calibration.readings)

  it("knows every way in which Timegrid reads by itself, and what to make of others", () => {
    expect(Object.keys(calibration.readings)).toEqual(
      expect.arrayContaining(["native", "other", "tesseract.js@7", "two-engines"])
    )
  })

  it.each(readings)("weighs no doubt in favour, by %s", (_, reading) => {
    for (const part of judgedParts) {
      for (const [name, weight] of Object.entries(reading[part].weights)) {
        expect(Object.keys(doubtMeanings)).toContain(name)
        expect(weight).toBeGreaterThan(0)
      }
    }
  })

  it.each(readings)("never trusts a higher score less, and nothing without bounds, by %s", (_, reading) => {
    for (const curve of [...judgedParts.map((part) => reading[part].curve), reading.document]) {
      expect(rises(curve)).toBe(true)
      expect(curve.at(-1)![1]).toBeLessThan(1)
      expect(curve[0]![1]).toBeGreaterThanOrEqual(0)
    }
  })

  it("was fitted on documents of every tier, and says on how many", () => {
    const { documents, families } = calibration.provenance
    expect(families).toBe("fitted")
    for (const tier of ["pdf", "docx", "png", "scan", "photo"]) expect(documents[tier]).toBeGreaterThan(0)
  })
})

describe("valueAt", () => {
  const curve: Curve = [
    [0, 0.2],
    [2, 0.6],
    [4, 0.9]
  ]

  it("is straight between the knots and level beyond them", () => {
    expect([-1, 0, 1, 3, 4, 9].map((score) => Number(valueAt(curve, score).toFixed(6)))).toEqual([
      0.2, 0.2, 0.4, 0.75, 0.9, 0.9
    ])
  })

  it("never falls as the score rises", () => {
    const knots = fc
      .array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 100 })), { minLength: 1 })
      .map((pairs): Curve => {
        const scores = [...new Set(pairs.map(([score]) => score))].toSorted((a, b) => a - b)
        const values = pairs.map(([, value]) => value / 100).toSorted((a, b) => a - b)
        return scores.map((score, i) => [score, values[i]!])
      })
    const score = fc.double({ min: -60, max: 60, noNaN: true })
    fc.assert(
      fc.property(knots, score, score, (any, one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one]
        expect(valueAt(any, low)).toBeLessThanOrEqual(valueAt(any, high) + 1e-12)
      })
    )
  })
})
