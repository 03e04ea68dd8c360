import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { borderGauge, stretchesOf } from "../../src/image/measuredBorders.ts"
import { grayOf, noisy, paint, randomFrom, raster, word } from "./raster.ts"

const textHeight = 16
const across = { orientation: "horizontal", position: 60, from: 20, to: 180 } as const
const seed = fc.integer({ min: 1, max: 1_000_000 })

describe("measuredBorders", () => {
  it("finds a line that is hardly clearer than the noise on it", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 58, max: 61 }), (start, y) => {
        const image = raster(200, 120, 70)
        paint(image, { x: 20, y, width: 160, height: 2 }, 58)
        const [border] = borderGauge(grayOf(noisy(image, 7, randomFrom(start))), textHeight)([across])
        expect(Math.abs(border!.position - y)).toBeLessThanOrEqual(2)
      }),
      { numRuns: 30 }
    )
  })

  it("finds the edge between two shades, along a column too", () => {
    const image = raster(200, 120, 240)
    paint(image, { x: 100, y: 0, width: 100, height: 120 }, 225)
    const stretch = { orientation: "vertical", position: 100, from: 10, to: 110 } as const
    const [border] = borderGauge(grayOf(image), textHeight)([stretch])
    expect(Math.abs(border!.position - 100)).toBeLessThanOrEqual(2)
    expect(border).toMatchObject({ orientation: "vertical", from: 10, to: 110 })
  })

  it("finds none in noise alone", () => {
    fc.assert(
      fc.property(seed, (start) => {
        const image = noisy(raster(200, 120, 200), 10, randomFrom(start))
        expect(borderGauge(grayOf(image), textHeight)([across])).toEqual([])
      }),
      { numRuns: 30 }
    )
  })

  it("finds none in the stripes of a moiré", () => {
    const image = raster(200, 120, 200)
    for (let y = 0; y < 120; y++)
      paint(image, { x: 0, y, width: 200, height: 1 }, 200 + Math.round(8 * Math.sin(y / 2)))
    expect(borderGauge(grayOf(image), textHeight)([across])).toEqual([])
  })

  it("takes a word that stands across a side for no border", () => {
    const image = raster(200, 120, 240)
    word(image, 60, 54, 6, 14)
    expect(borderGauge(grayOf(image), textHeight)([across])).toEqual([])
  })

  it("finds none beyond the page, nor along a side too short to tell", () => {
    const gray = grayOf(raster(200, 120, 240))
    const beyond = [
      { ...across, position: 0 },
      { ...across, position: 119 },
      { ...across, position: 400 },
      { ...across, from: 300, to: 500 },
      { ...across, to: 22 }
    ]
    expect(borderGauge(gray, textHeight)(beyond)).toEqual([])
  })
})

describe("stretchesOf", () => {
  it("gives each side of each atomic cell once", () => {
    const table = {
      pageNumber: 1,
      box: { x: 10, y: 20, width: 90, height: 50 },
      columnEdges: [10, 60, 100],
      rowEdges: [20, 70],
      cells: [],
      origin: "drawn"
    } as const
    expect(stretchesOf(table)).toEqual([
      { orientation: "horizontal", position: 20, from: 10, to: 60 },
      { orientation: "horizontal", position: 20, from: 60, to: 100 },
      { orientation: "horizontal", position: 70, from: 10, to: 60 },
      { orientation: "horizontal", position: 70, from: 60, to: 100 },
      { orientation: "vertical", position: 10, from: 20, to: 70 },
      { orientation: "vertical", position: 60, from: 20, to: 70 },
      { orientation: "vertical", position: 100, from: 20, to: 70 }
    ])
  })
})
