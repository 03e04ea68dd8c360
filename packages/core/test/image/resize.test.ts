import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { enlarge, halveImage } from "../../src/image/resize.ts"
import { paint, raster } from "./raster.ts"

const image = fc
  .record({ widthPx: fc.integer({ min: 1, max: 12 }), heightPx: fc.integer({ min: 1, max: 12 }) })
  .chain(({ widthPx, heightPx }) =>
    fc
      .constantFrom(1 as const, 3 as const)
      .chain((channels) =>
        fc
          .uint8Array({ minLength: widthPx * heightPx * channels, maxLength: widthPx * heightPx * channels })
          .map((data) => ({ pageNumber: 1, widthPx, heightPx, channels, data }))
      )
  )

describe("enlarge", () => {
  it("gives every pixel so many pixels each way", () => {
    fc.assert(
      fc.property(image, fc.integer({ min: 2, max: 3 }), (small, factor) => {
        const large = enlarge(small, factor)
        expect([large.widthPx, large.heightPx]).toEqual([small.widthPx * factor, small.heightPx * factor])
        expect(large.data.length).toBe(large.widthPx * large.heightPx * small.channels)
      })
    )
  })

  it("keeps the value of a pixel at its middle when the factor is odd", () => {
    fc.assert(
      fc.property(image, (small) => {
        const large = enlarge(small, 3)
        const { channels } = small
        for (let y = 0; y < small.heightPx; y++) {
          for (let x = 0; x < small.widthPx * channels; x++) {
            const column = Math.floor(x / channels)
            const at = ((3 * y + 1) * large.widthPx + 3 * column + 1) * channels + (x % channels)
            expect(large.data[at]).toBe(small.data[y * small.widthPx * channels + x])
          }
        }
      })
    )
  })

  it("keeps a thin line darker than linear interpolation would", () => {
    const small = raster(20, 9)
    paint(small, { x: 0, y: 4, width: 20, height: 1 }, 0)
    const large = enlarge(small, 2)
    // Linear interpolation leaves 255 / 4.
    expect(large.data[8 * 40 + 20]).toBeLessThan(50)
  })
})

describe("halveImage", () => {
  it("undoes an enlargement of flat areas and leaves out odd edges", () => {
    const small = raster(7, 5)
    paint(small, { x: 2, y: 2, width: 4, height: 2 }, 40)
    const half = halveImage(small)
    expect([half.widthPx, half.heightPx]).toEqual([3, 2])
    expect([...half.data]).toEqual([255, 255, 255, 255, 40, 40])
  })

  it("averages each channel by itself", () => {
    const data = new Uint8Array([10, 0, 200, 20, 0, 100, 30, 4, 0, 40, 4, 0])
    const half = halveImage({ pageNumber: 1, widthPx: 2, heightPx: 2, channels: 3, data })
    expect([...half.data]).toEqual([25, 2, 75])
  })
})
