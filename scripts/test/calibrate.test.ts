import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { judgedParts } from "../../packages/core/src/confidence/Calibration.ts"
import { valueAt } from "../../packages/core/src/confidence/curve.ts"
import { doubtNames } from "../../packages/core/src/confidence/doubts.ts"
import { documentCurve } from "../calibrate/documentCurve.ts"
import { fitReadings } from "../calibrate/fitCalibration.ts"
import { isotonicCurve, isotonicSteps, type Outcome } from "../calibrate/isotonic.ts"
import { fitLogistic } from "../calibrate/logistic.ts"
import type { JudgedBlock, Sample } from "../calibrate/Sample.ts"

const anyOutcome = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.record({
    score: fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100),
    right: fc.integer({ min: 0, max: count }),
    count: fc.constant(count)
  })
)
const anyOutcomes = fc.array(anyOutcome, { minLength: 1, maxLength: 40 })

const rises = (curve: ReadonlyArray<readonly [number, number]>): boolean =>
  curve.every(([score, value], i) => i === 0 || (score > curve[i - 1]![0] && value >= curve[i - 1]![1]))

describe("fitLogistic", () => {
  const cases = (counts: ReadonlyArray<readonly [doubt: number, right: number, wrong: number]>) =>
    counts.flatMap(([doubt, right, wrong]) =>
      Array.from({ length: right + wrong }, (_, i) => ({ doubts: { doubt, unseen: 0 }, isRight: i < right }))
    )

  it("finds how much less is right where there is doubt", () => {
    const { bias, weights } = fitLogistic(
      cases([
        [0, 950, 50],
        [1, 500, 500]
      ]),
      ["doubt"]
    )
    expect(1 / (1 + Math.exp(-bias))).toBeCloseTo(0.95, 2)
    expect(1 / (1 + Math.exp(weights.doubt - bias))).toBeCloseTo(0.5, 2)
  })

  it("never lets a doubt speak for a block, though more were right with it", () => {
    const { weights } = fitLogistic(
      cases([
        [0, 500, 500],
        [1, 1000, 0]
      ]),
      ["doubt"]
    )
    expect(weights.doubt).toBe(0)
  })

  it("keeps what it never met a reason for doubt", () => {
    expect(fitLogistic(cases([[0, 100, 10]]), ["unseen"]).weights.unseen).toBeGreaterThan(1)
  })
})

describe("isotonicSteps", () => {
  it("keeps every outcome and rises", () => {
    fc.assert(
      fc.property(anyOutcomes, (outcomes) => {
        const steps = isotonicSteps(outcomes)
        const sum = (of: (outcome: Outcome) => number, all: ReadonlyArray<Outcome>) =>
          all.reduce((s, o) => s + of(o), 0)
        for (const of of [({ right }: Outcome) => right, ({ count }: Outcome) => count]) {
          expect(sum(of, steps)).toBe(sum(of, outcomes))
        }
        for (const [i, { count, right }] of steps.slice(1).entries()) {
          expect(right / count).toBeGreaterThan(steps[i]!.right / steps[i]!.count)
        }
      })
    )
  })
})

describe("isotonicCurve", () => {
  it("rises, between 0 and 1, and falls below what was seen", () => {
    fc.assert(
      fc.property(anyOutcomes, (outcomes) => {
        const curve = isotonicCurve(outcomes)
        const lowest = Math.min(...outcomes.map(({ score }) => score))
        expect(rises(curve)).toBe(true)
        expect(curve.every(([, value]) => value >= 0 && value < 1)).toBe(true)
        expect(valueAt(curve, lowest - 6)).toBeLessThan(valueAt(curve, lowest))
      })
    )
  })
})

describe("isotonicCurve of log odds", () => {
  const anyScores = fc.array(fc.integer({ min: -80, max: 80 }), { minLength: 2, maxLength: 60 })

  it("lets a doubt count also where nothing was ever wrong", () => {
    fc.assert(
      fc.property(anyScores, (tenths) => {
        const scores = [...new Set(tenths.map((tenth) => tenth / 10))].toSorted((a, b) => a - b)
        const curve = isotonicCurve(scores.map((score) => ({ score, right: 1, count: 1 })))
        const [lowest, highest] = [scores[0]!, scores.at(-1)!]
        if (highest - lowest >= 1) expect(valueAt(curve, lowest)).toBeLessThan(valueAt(curve, highest))
      })
    )
  })

  it("believes many outcomes more than what their score claims", () => {
    const curve = isotonicCurve([
      { score: 1, right: 2_000, count: 2_000 },
      { score: 3, right: 3_000, count: 3_000 }
    ])
    expect(valueAt(curve, 1)).toBeGreaterThan(0.999)
    expect(valueAt(curve, 0)).toBeLessThan(valueAt(curve, 1))
  })
})

describe("documentCurve", () => {
  it("accepts no more than what has one block in a hundred wrong, and rises", () => {
    fc.assert(
      fc.property(anyOutcomes, (documents) => {
        const curve = documentCurve(documents)
        const isAccepted = ({ score }: Outcome) => valueAt(curve, score) >= 0.98
        const wrongShare = (accepted: ReadonlyArray<Outcome>) => {
          const count = accepted.reduce((sum, document) => sum + document.count, 0)
          return accepted.reduce((sum, document) => sum + document.count - document.right, 0) / count
        }
        const accepted = documents.filter(isAccepted)
        if (accepted.length > 0) expect(wrongShare(accepted)).toBeLessThanOrEqual(0.01)
        expect(rises(curve)).toBe(true)
      })
    )
  })

  it("accepts what is right, and refuses what is worse than all of it", () => {
    const right = [0.7, 0.8, 0.9].map((score) => ({ score, right: 200, count: 200 }))
    const curve = documentCurve([...right, { score: 0.2, right: 10, count: 40 }])
    for (const { score } of right) expect(valueAt(curve, score)).toBeGreaterThanOrEqual(0.98)
    expect(valueAt(curve, 0.4)).toBeLessThan(0.98)
  })
})

describe("fitReadings", () => {
  const doubtsWith = (nameWords: number) =>
    ({ ...Object.fromEntries(doubtNames.map((name) => [name, 0])), nameWords }) as JudgedBlock["doubts"]
  const sample = (layout: string, reading: string, seed: number): Sample => ({
    reading,
    tier: "png",
    layout,
    blocks: Array.from({ length: 40 }, (_, i) => {
      // Sure names are right; of those read half as surely, every second is.
      const isSure = (i + seed) % 4 > 0
      const right = isSure || i % 8 < 4
      return {
        doubts: doubtsWith(isSure ? 0.05 : 0.6),
        right: { block: right, day: true, start: true, end: true, name: right }
      }
    })
  })
  const samples = ["a", "b", "c", "d", "e", "f"].flatMap((layout, i) => [
    sample(layout, "first@1", i),
    sample(layout, "second@1", i + 1)
  ])
  const readings = fitReadings(samples)

  it("fits every way of reading, and others without the scores of their engines", () => {
    expect(Object.keys(readings)).toEqual(["first@1", "second@1", "other"])
    expect(readings["first@1"]!.name.weights.nameWords).toBeGreaterThan(0)
    expect(readings.other.name.weights.nameWords).toBeUndefined()
  })

  it("gives the same for the same samples, whatever their order", () => {
    expect(fitReadings(samples.toReversed())).toEqual(readings)
  })

  it("blames what is wrong on the field that is", () => {
    expect(readings["first@1"]!.day.weights.nameWords).toBeUndefined()
    for (const part of judgedParts) expect(rises(readings["first@1"]![part].curve)).toBe(true)
  })
})
