import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Rotation } from "../../src/document/Page.ts"
import { sumOf, turnImage, turnPage } from "../../src/image/turn.ts"
import { pageOf, paint, raster } from "./raster.ts"

const rotation = fc.constantFrom<Rotation>(0, 90, 180, 270)
const image = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([widthPx, heightPx]) =>
  fc.constantFrom(1 as const, 3 as const).chain((channels) => {
    const length = widthPx * heightPx * channels
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((data) => ({ pageNumber: 1, widthPx, heightPx, channels, data }))
  })
)

describe("turnImage", () => {
  it("turns clockwise: what was at the top left is at the top right", () => {
    const data = new Uint8Array([1, 2, 3, 4, 5, 6])
    const turned = turnImage({ pageNumber: 1, widthPx: 3, heightPx: 2, channels: 1, data }, 90)
    expect([turned.widthPx, turned.heightPx, ...turned.data]).toEqual([2, 3, 4, 1, 5, 2, 6, 3])
  })

  it("does with two turns what one turn by their sum does", () => {
    fc.assert(
      fc.property(image, rotation, rotation, (original, a, b) => {
        expect(turnImage(turnImage(original, a), b)).toEqual(turnImage(original, sumOf(a, b)))
      })
    )
  })
})

describe("turnPage", () => {
  it("keeps the place of a picture on the page", () => {
    fc.assert(
      fc.property(rotation, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 3 }), (turn, x, y) => {
        const box = { x, y, width: 4, height: 2 }
        const image = raster(12, 7)
        paint(image, box, 0)
        const turned = turnPage({ ...pageOf(image), images: [box] }, turn)
        const expected = raster(turned.widthPx, turned.heightPx)
        paint(expected, turned.images[0]!, 0)
        expect(turnImage(image, turn).data).toEqual(expected.data)
      })
    )
  })

  it("adds to how far the stored page was turned already", () => {
    const page = { ...pageOf(raster(4, 3)), rotation: 270 as const }
    expect(turnPage(page, 180).rotation).toBe(90)
    expect(turnPage(page, 90).rotation).toBe(0)
  })
})
