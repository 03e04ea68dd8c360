import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Rotation } from "../../src/document/Page.ts"
import { type GrayImage, toGray } from "../../src/image/gray.ts"
import { resample } from "../../src/image/resample.ts"
import { turnImage } from "../../src/image/turn.ts"

const images = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ height, width }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc.uint8Array({ minLength: width * height, maxLength: width * height })
    })
  )

const turned = ({ data, height, width }: GrayImage, rotation: Rotation): GrayImage =>
  toGray(turnImage({ pageNumber: 1, widthPx: width, heightPx: height, channels: 1, data }, rotation))

describe("resample", () => {
  it("gives the image itself at its own size", () => {
    fc.assert(
      fc.property(images, (image) => {
        expect(resample(image, 0, 1)).toEqual(image)
      })
    )
  })

  it("turns back what was turned, also when it enlarges", () => {
    const scale = fc.constantFrom(1, 2, 4)
    fc.assert(
      fc.property(images, fc.constantFrom<Rotation>(90, 180, 270), scale, (image, rotation, size) => {
        const upright = resample(image, 0, size)
        const back = resample(turned(image, rotation), rotation, size)
        expect([back.width, back.height]).toEqual([upright.width, upright.height])
        // What lies between two levels may round to either.
        back.data.forEach((level, i) => {
          expect(Math.abs(level - upright.data[i]!)).toBeLessThanOrEqual(1)
        })
      })
    )
  })

  it("stays within the levels of the image, enlarged or reduced", () => {
    fc.assert(
      fc.property(images, fc.double({ min: 0.3, max: 5, noNaN: true }), (image, scale) => {
        const levels = resample(image, 0, scale).data
        expect(Math.min(...levels)).toBeGreaterThanOrEqual(Math.min(...image.data))
        expect(Math.max(...levels)).toBeLessThanOrEqual(Math.max(...image.data))
      })
    )
  })

  it("lets a stray pixel hardly show when it reduces", () => {
    const data = new Uint8Array(64).fill(255)
    data[27] = 0
    const half = resample({ width: 8, height: 8, data }, 0, 0.5)
    expect([half.width, half.height]).toEqual([4, 4])
    expect(Math.min(...half.data)).toBeGreaterThan(200)
  })
})
