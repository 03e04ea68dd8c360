import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Homography, type Point, project, rectangleToQuad } from "../../src/image/homography.ts"
import { straightening, warp } from "../../src/image/straighten.ts"
import type { Stroke } from "../../src/image/strokes.ts"
import { raster, turn } from "./raster.ts"

const page = { widthPx: 1200, heightPx: 900 }

const corners = (width: number, height: number): ReadonlyArray<Point> => [
  [0, 0],
  [width, 0],
  [width, height],
  [0, height]
]

const near = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])

describe("rectangleToQuad", () => {
  const moved = fc.tuple(fc.double({ min: -80, max: 80, noNaN: true }), fc.double({ min: -80, max: 80, noNaN: true }))

  it("takes the corners of the rectangle to the four points", () => {
    fc.assert(
      fc.property(fc.tuple(moved, moved, moved, moved), (moves) => {
        const [a, b, c, d] = corners(page.widthPx, page.heightPx).map(
          ([x, y], i): Point => [x + moves[i]![0], y + moves[i]![1]]
        )
        const h = rectangleToQuad(page.widthPx, page.heightPx, [a!, b!, c!, d!])
        corners(page.widthPx, page.heightPx).forEach((corner, i) => {
          expect(near(project(h, corner), [a!, b!, c!, d!][i]!)).toBeLessThan(1e-6)
        })
      })
    )
  })

  it("keeps straight lines straight", () => {
    const h = rectangleToQuad(100, 100, [
      [3, 5],
      [110, -4],
      [95, 120],
      [-8, 90]
    ])
    const [a, b, c] = [project(h, [10, 20]), project(h, [40, 50]), project(h, [70, 80])]
    expect((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])).toBeCloseTo(0, 6)
  })
})

/** The lines of a grid as strokes, each end carried over by `seen`; plumb ones as of the transposed image. */
const strokesSeen = (seen: (point: Point) => Point) => {
  const stroke = (a: Point, b: Point): Stroke => {
    const slope = (b[1] - a[1]) / (b[0] - a[0])
    return { from: a[0], to: b[0], slope, intercept: a[1] - slope * a[0], thickness: 1, kind: "line" }
  }
  const swapped = ([x, y]: Point): Point => [y, x]
  return {
    level: [150, 300, 450, 600, 750].map((y) => stroke(seen([150, y]), seen([1050, y]))),
    plumb: [150, 375, 600, 825, 1050].map((x) => stroke(swapped(seen([x, 150])), swapped(seen([x, 750]))))
  }
}

/** How far from level and plumb a grid is when what was found is undone, in pixels over the length of its lines. */
const unevenness = (toImage: Homography, seen: (point: Point) => Point): number => {
  const back = inverse(toImage)
  const straight = (point: Point): Point => project(back, seen(point))
  const rows = [150, 450, 750].map((y) => Math.abs(straight([150, y])[1] - straight([1050, y])[1]))
  const columns = [150, 600, 1050].map((x) => Math.abs(straight([x, 150])[0] - straight([x, 750])[0]))
  return Math.max(...rows, ...columns)
}

const inverse = ([a, b, c, d, e, f, g, h, i]: Homography): Homography => [
  e! * i! - f! * h!,
  c! * h! - b! * i!,
  b! * f! - c! * e!,
  f! * g! - d! * i!,
  a! * i! - c! * g!,
  c! * d! - a! * f!,
  d! * h! - e! * g!,
  b! * g! - a! * h!,
  a! * e! - b! * d!
]

describe("straightening", () => {
  it("leaves a straight page alone", () => {
    const { level, plumb } = strokesSeen((point) => point)
    expect(straightening(page, level, plumb)).toBe(null)
  })

  it("leaves a page alone that has too few lines to tell", () => {
    const { level, plumb } = strokesSeen(turn({ ...raster(1, 1), ...page }, 2))
    expect(straightening(page, level.slice(0, 1), plumb)).toBe(null)
    expect(straightening(page, [], [])).toBe(null)
  })

  it("makes lines of a turned page level and plumb within two pixels", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 8, noNaN: true }), fc.boolean(), (degrees, left) => {
        const seen = turn({ ...raster(1, 1), ...page }, left ? -degrees : degrees)
        const { level, plumb } = strokesSeen(seen)
        const toImage = straightening(page, level, plumb)
        expect(toImage).not.toBe(null)
        expect(unevenness(toImage!, seen)).toBeLessThan(2)
      })
    )
  })

  it("turns a page by its level lines alone where it has no plumb ones", () => {
    const seen = turn({ ...raster(1, 1), ...page }, 2.5)
    const toImage = straightening(page, strokesSeen(seen).level, [])
    expect(unevenness(toImage!, seen)).toBeLessThan(2)
  })

  it("makes lines of a page seen from the side level and plumb within a few pixels", () => {
    const aside = rectangleToQuad(1200, 900, [
      [40, 25],
      [1170, 60],
      [1150, 860],
      [15, 885]
    ])
    const seen = (point: Point): Point => project(aside, point)
    const { level, plumb } = strokesSeen(seen)
    expect(unevenness(straightening(page, level, plumb)!, seen)).toBeLessThan(4)
  })

  it("does not follow the few lines that lean away from all others", () => {
    const seen = turn({ ...raster(1, 1), ...page }, 1.5)
    const { level, plumb } = strokesSeen(seen)
    const stray: Stroke = { from: 100, to: 500, slope: -0.2, intercept: 300, thickness: 1, kind: "line" }
    expect(unevenness(straightening(page, [...level, stray], plumb)!, seen)).toBeLessThan(2)
  })
})

describe("warp", () => {
  it("takes each pixel from its place in the image, white where there is none", () => {
    const image = raster(40, 30)
    image.data[12 * 40 + 20] = 0
    const straight = warp(image, [1, 0, 5, 0, 1, -4, 0, 0, 1])
    expect(straight.data[16 * 40 + 15]).toBe(0)
    expect(straight.data.filter((level) => level !== 255)).toHaveLength(1)
  })

  it("mixes neighbours between pixels, each channel by itself", () => {
    const data = new Uint8Array([0, 100, 200, 100, 200, 0, 0, 100, 200, 100, 200, 0])
    const straight = warp({ pageNumber: 1, widthPx: 2, heightPx: 2, channels: 3, data }, [1, 0, 0.5, 0, 1, 0, 0, 0, 1])
    expect([...straight.data.subarray(0, 3)]).toEqual([50, 150, 100])
  })
})
