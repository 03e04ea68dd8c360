import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { inverse, type Point, project, rectangleToQuad } from "../../src/image/homography.ts"

const near = (x: number, y: number) =>
  fc
    .tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -30, max: 30 }))
    .map(([dx, dy]): Point => [x + dx, y + dy])

describe("rectangleToQuad", () => {
  it("takes each corner of the rectangle to its point", () => {
    fc.assert(
      fc.property(near(0, 0), near(400, 0), near(400, 300), near(0, 300), (a, b, c, d) => {
        const map = rectangleToQuad(400, 300, [a, b, c, d])
        const corners: ReadonlyArray<readonly [Point, Point]> = [
          [[0, 0], a],
          [[400, 0], b],
          [[400, 300], c],
          [[0, 300], d]
        ]
        for (const [corner, target] of corners) {
          const [x, y] = project(map, corner)
          expect(x).toBeCloseTo(target[0], 6)
          expect(y).toBeCloseTo(target[1], 6)
        }
      })
    )
  })

  it("keeps straight lines straight", () => {
    const map = rectangleToQuad(400, 300, [
      [10, 5],
      [380, 25],
      [395, 290],
      [-12, 310]
    ])
    const [a, b, c] = [0, 150, 400].map((x) => project(map, [x, 120])) as [Point, Point, Point]
    const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    expect(area).toBeCloseTo(0, 6)
  })
})

describe("inverse", () => {
  it("leads each point back to where it came from", () => {
    fc.assert(
      fc.property(near(0, 0), near(400, 0), near(400, 300), near(0, 300), near(200, 150), (a, b, c, d, point) => {
        const map = rectangleToQuad(400, 300, [a, b, c, d])
        const [x, y] = project(inverse(map), project(map, point))
        expect(x).toBeCloseTo(point[0], 6)
        expect(y).toBeCloseTo(point[1], 6)
      })
    )
  })
})
