import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { decodeCtc } from "../src/decodeCtc.ts"

const alphabet = ["1", ":", "a", " "]
const classes = alphabet.length + 1

/** A row a step in which one class has 0.9. */
const probabilitiesOf = (path: ReadonlyArray<number>) => {
  const probabilities = new Float32Array(path.length * classes).fill(0.1 / alphabet.length)
  for (const [step, best] of path.entries()) probabilities[step * classes + best] = 0.9
  return probabilities
}

describe("decodeCtc", () => {
  it("gives back any text whose equal neighbours a blank keeps apart", () => {
    const text = fc.array(
      fc.record({ entry: fc.integer({ min: 1, max: alphabet.length }), steps: fc.integer({ min: 1, max: 4 }) })
    )
    fc.assert(
      fc.property(text, (characters) => {
        const path = characters.flatMap(({ entry, steps }) => [...Array<number>(steps).fill(entry), 0])
        const seen = decodeCtc(probabilitiesOf(path), alphabet)
        assert.deepStrictEqual(
          seen.map(({ from, text, to }) => [text, to - from]),
          characters.map(({ entry, steps }) => [alphabet[entry - 1], steps])
        )
        for (const { probability } of seen) assert.closeTo(probability, 0.9, 1e-6)
      })
    )
  })

  it("takes equal neighbours without a blank for one", () => {
    assert.deepStrictEqual(
      decodeCtc(probabilitiesOf([0, 1, 1, 2, 0]), alphabet).map(({ from, text, to }) => [text, from, to]),
      [
        ["1", 1, 3],
        [":", 3, 4]
      ]
    )
  })
})
