import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { blurRows, type GrayImage, toGray, transpose } from "../../src/image/gray.ts"

const image: fc.Arbitrary<GrayImage> = fc
  .record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 40 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((data): GrayImage => ({ width, height, data }))
  )

describe("toGray", () => {
  it("keeps the levels of colours that are gray, up to rounding", () => {
    fc.assert(
      fc.property(fc.nat(255), (level) => {
        const data = new Uint8Array([level, level, level])
        const gray = toGray({ pageNumber: 1, widthPx: 1, heightPx: 1, channels: 3, data })
        expect(Math.abs(gray.data[0]! - level)).toBeLessThanOrEqual(1)
      })
    )
  })

  it("weighs green most and blue least, as eyes do", () => {
    const data = new Uint8Array([255, 0, 0, 0, 255, 0, 0, 0, 255])
    const [red, green, blue] = toGray({ pageNumber: 1, widthPx: 3, heightPx: 1, channels: 3, data }).data
    expect(green!).toBeGreaterThan(red!)
    expect(red!).toBeGreaterThan(blue!)
  })
})

describe("transpose", () => {
  it("puts the pixel of row y and column x into row x and column y", () => {
    fc.assert(
      fc.property(image, (gray) => {
        const turned = transpose(gray)
        expect([turned.width, turned.height]).toEqual([gray.height, gray.width])
        for (let y = 0; y < gray.height; y++) {
          for (let x = 0; x < gray.width; x++) {
            if (turned.data[x * turned.width + y] !== gray.data[y * gray.width + x]) expect.fail(`at ${x}, ${y}`)
          }
        }
      })
    )
  })
})

describe("blurRows", () => {
  it("gives the mean of the pixels of the row within the radius, whole numbers downwards", () => {
    fc.assert(
      fc.property(image, fc.integer({ min: 1, max: 90 }), (gray, radius) => {
        const blurred = blurRows(gray, radius)
        const row = gray.height - 1
        for (let x = 0; x < gray.width; x++) {
          const [from, to] = [Math.max(0, x - radius), Math.min(gray.width, x + radius + 1)]
          const near = gray.data.subarray(row * gray.width + from, row * gray.width + to)
          const mean = near.reduce((sum, level) => sum + level, 0) / near.length
          expect(blurred.data[row * gray.width + x]).toBe(Math.floor(mean))
        }
      })
    )
  })

  it("leaves the image alone without a radius", () => {
    const gray = { width: 2, height: 1, data: new Uint8Array([3, 9]) }
    expect(blurRows(gray, 0)).toEqual(gray)
  })
})
