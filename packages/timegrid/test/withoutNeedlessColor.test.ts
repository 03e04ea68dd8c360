import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { withoutNeedlessColor } from "../src/isolation/withoutNeedlessColor.ts"

const imageOf = (data: Uint8Array) =>
  ({ pageNumber: 1, widthPx: data.length / 3, heightPx: 1, channels: 3, data }) as const

describe("withoutNeedlessColor", () => {
  it("keeps the level of each gray pixel, once", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (levels) => {
        const image = imageOf(Uint8Array.from({ length: 3 * levels.length }, (_, i) => levels[Math.floor(i / 3)]!))
        assert.deepStrictEqual(withoutNeedlessColor(image), { ...image, channels: 1, data: new Uint8Array(levels) })
      })
    )
  })

  it("leaves an image alone that has but one coloured pixel, the last", () => {
    const image = imageOf(new Uint8Array([7, 7, 7, 9, 9, 8]))
    assert.strictEqual(withoutNeedlessColor(image), image)
  })

  it("leaves an image of one channel as it is", () => {
    const image = { ...imageOf(new Uint8Array([1, 2, 3])), channels: 1 } as const
    assert.strictEqual(withoutNeedlessColor(image), image)
  })
})
