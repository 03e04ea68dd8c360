import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { type BlockOutcome, calibrationOf } from "../../src/evaluation/calibration.ts"

const outcomes = (confidence: number | null, right: number, wrong: number): ReadonlyArray<BlockOutcome> => [
  ...Array.from({ length: right }, () => ({ confidence, isRight: true })),
  ...Array.from({ length: wrong }, () => ({ confidence, isRight: false }))
]

const anyOutcomes = fc.array(fc.record({ confidence: fc.integer({ min: 0, max: 100 }), isRight: fc.boolean() }), {
  minLength: 1,
  maxLength: 60
})

describe("calibrationOf", () => {
  it("finds no error where as many blocks are right as their confidence says", () => {
    const group = fc
      .integer({ min: 1, max: 20 })
      .chain((size) =>
        fc.integer({ min: 0, max: size }).map((right) => outcomes((100 * right) / size, right, size - right))
      )
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 12 }), (groups) => {
        assert.closeTo(calibrationOf(groups.flat()).error!, 0, 1e-9)
      })
    )
  })

  it("is off by what confidence says too much", () => {
    assert.closeTo(calibrationOf(outcomes(90, 60, 40)).error!, 0.3, 1e-9)
  })

  it("weighs bins that are too sure and not sure enough alike", () => {
    assert.closeTo(calibrationOf([...outcomes(100, 0, 50), ...outcomes(0, 50, 0)]).error!, 1, 1e-9)
  })

  it("puts blocks into bins whose sizes differ by one at most, in the order of confidence", () => {
    fc.assert(
      fc.property(anyOutcomes, (blocks) => {
        const { bins } = calibrationOf(blocks)
        const sizes = bins.map((bin) => bin.blocks)
        assert.strictEqual(
          sizes.reduce((sum, size) => sum + size, 0),
          blocks.length
        )
        if (blocks.length >= 10) assert.isAtMost(Math.max(...sizes) - Math.min(...sizes), 1)
        const edges = bins.flatMap(({ greatest, least }) => [least, greatest])
        assert.deepStrictEqual(
          edges,
          edges.toSorted((one, other) => one - other)
        )
      })
    )
  })

  it("is at least the distance of the mean confidence from the share that is right, and at most 1", () => {
    fc.assert(
      fc.property(anyOutcomes, (blocks) => {
        const right = blocks.filter(({ isRight }) => isRight).length / blocks.length
        const confidence = blocks.reduce((sum, block) => sum + block.confidence, 0) / blocks.length / 100
        const error = calibrationOf(blocks).error!
        assert.isAtLeast(error, Math.abs(confidence - right) - 1e-9)
        assert.isAtMost(error, 1 + 1e-9)
      })
    )
  })

  it("does not depend on the order of the blocks", () => {
    fc.assert(
      fc.property(anyOutcomes, (blocks) => {
        assert.deepStrictEqual(calibrationOf(blocks), calibrationOf(blocks.toReversed()))
      })
    )
  })

  it("leaves blocks without a confidence out", () => {
    assert.deepStrictEqual(
      calibrationOf([...outcomes(80, 4, 1), ...outcomes(null, 0, 9)]),
      calibrationOf(outcomes(80, 4, 1))
    )
    assert.deepStrictEqual(calibrationOf(outcomes(null, 3, 3)), { error: null, bins: [] })
  })
})
