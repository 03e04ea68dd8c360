import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { type Corners, homographyOf } from "../src/noise/homography.ts"

const near = (x: number, y: number) =>
  fc.tuple(fc.double({ min: x - 20, max: x + 20, noNaN: true }), fc.double({ min: y - 20, max: y + 20, noNaN: true }))

/** Quadrilaterals that stay convex. */
const corners: fc.Arbitrary<Corners> = fc.tuple(near(0, 0), near(100, 0), near(100, 100), near(0, 100))

describe("homographyOf", () => {
  it("takes each corner to its own, and its inverse back", () => {
    fc.assert(
      fc.property(corners, corners, fc.double({ min: 30, max: 70, noNaN: true }), (from, to, x) => {
        const there = homographyOf(from, to)
        const back = homographyOf(to, from)
        from.forEach(([cornerX, cornerY], index) => {
          const [mappedX, mappedY] = there(cornerX, cornerY)
          assert.closeTo(mappedX, to[index]![0], 1e-6)
          assert.closeTo(mappedY, to[index]![1], 1e-6)
        })
        const [returnedX, returnedY] = back(...there(x, 50))
        assert.closeTo(returnedX, x, 1e-6)
        assert.closeTo(returnedY, 50, 1e-6)
      })
    )
  })
})
