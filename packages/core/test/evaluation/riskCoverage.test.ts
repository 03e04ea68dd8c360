import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { type Acceptable, riskCoverage } from "../../src/evaluation/riskCoverage.ts"

const block = (confidence: number | null, isRight: boolean): Acceptable => ({
  confidence,
  blocks: 1,
  wrong: isRight ? 0 : 1
})

const document = fc.nat({ max: 6 }).chain((blocks) =>
  fc.record({
    confidence: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null, freq: 8 }),
    blocks: fc.constant(blocks),
    wrong: fc.nat({ max: blocks })
  })
)
const documents = fc.array(document, { maxLength: 30 })

const areaOf = (items: ReadonlyArray<Acceptable>) => riskCoverage(items, [], 98).areaUnderCurve ?? 0

describe("riskCoverage", () => {
  it("accepts the most confident first, as far as the risk allows", () => {
    const items = [block(99, true), block(97, true), block(95, false), block(90, true), block(80, false)]
    const { atRisk, atThreshold } = riskCoverage(items, [0, 0.25, 0.5], 96)
    assert.deepStrictEqual(atRisk, [
      { mostRisk: 0, threshold: 97, coverage: 0.4, risk: 0 },
      { mostRisk: 0.25, threshold: 90, coverage: 0.8, risk: 0.25 },
      { mostRisk: 0.5, threshold: 80, coverage: 1, risk: 0.4 }
    ])
    assert.deepStrictEqual(atThreshold, { threshold: 96, coverage: 0.4, risk: 0 })
  })

  it("accepts items of one confidence together or not at all", () => {
    const items = [block(99, true), block(99, true), block(99, false)]
    assert.deepStrictEqual(riskCoverage(items, [0.1], 99).atRisk, [
      { mostRisk: 0.1, threshold: null, coverage: 0, risk: null }
    ])
  })

  it("counts coverage in documents and risk in their blocks", () => {
    const items = [
      { confidence: 99, blocks: 30, wrong: 0 },
      { confidence: 90, blocks: 10, wrong: 4 }
    ]
    assert.deepStrictEqual(riskCoverage(items, [], 98).atThreshold, { threshold: 98, coverage: 0.5, risk: 0 })
    assert.deepStrictEqual(riskCoverage(items, [0.1], 98).atRisk, [
      { mostRisk: 0.1, threshold: 90, coverage: 1, risk: 0.1 }
    ])
  })

  it("never accepts what has no blocks or no confidence, but counts it", () => {
    const items = [block(99, true), block(null, true), { confidence: 100, blocks: 0, wrong: 0 }]
    assert.strictEqual(riskCoverage(items, [1], 0).atRisk[0]?.coverage, 1 / 3)
  })

  it("accepts no less where more risk is allowed, and never more risk than that", () => {
    fc.assert(
      fc.property(
        documents,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (items, one, other) => {
          const [low, high] = riskCoverage(items, [Math.min(one, other), Math.max(one, other)], 98).atRisk
          assert.isAtMost(low!.coverage, high!.coverage)
          for (const { mostRisk, risk } of [low!, high!]) assert.isAtMost(risk ?? 0, mostRisk)
        }
      )
    )
  })

  it("does not depend on the order of items, nor on how far apart their confidences are", () => {
    fc.assert(
      fc.property(documents, (items) => {
        const { atRisk, curve } = riskCoverage(items, [0.02, 0.2], 98)
        assert.deepStrictEqual(riskCoverage(items.toReversed(), [0.02, 0.2], 98).atRisk, atRisk)
        const bent = items.map((item) => ({ ...item, confidence: item.confidence && item.confidence ** 2 / 100 }))
        assert.deepStrictEqual(riskCoverage(bent, [], 98).curve, curve)
      })
    )
  })

  it("has no area under the curve where all is right, and all of it where all is wrong", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1 }), (confidences) => {
        assert.strictEqual(areaOf(confidences.map((confidence) => block(confidence, true))), 0)
        assert.closeTo(areaOf(confidences.map((confidence) => block(confidence, false))), 1, 1e-9)
      })
    )
  })

  it("has a larger area once any block that was right is wrong", () => {
    const wrongs = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(wrongs, fc.nat(), (rights, place) => {
        const at = place % rights.length
        const items = rights.map((isRight, index) => block(index, isRight || index === at))
        const worse = rights.map((isRight, index) => block(index, isRight && index !== at))
        assert.isAbove(areaOf(worse), areaOf(items))
      })
    )
  })

  it("has its smallest area where every right block is surer than every wrong one", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (rights) => {
        const best = rights.toSorted((one, other) => Number(one) - Number(other))
        const areas = [best, rights, best.toReversed()].map((order) =>
          areaOf(order.map((isRight, index) => block(index, isRight)))
        )
        assert.isAtMost(areas[0]!, areas[1]! + 1e-12)
        assert.isAtMost(areas[1]!, areas[2]! + 1e-12)
      })
    )
  })
})
