import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { inkBox, lineShape } from "../src/ink.ts"
import { crop, type Pixels, quarterTurn, resample } from "../src/pixels.ts"
import { inReadingOrder, textRegions } from "../src/textRegions.ts"

const images = fc
  .record({
    widthPx: fc.integer({ min: 1, max: 12 }),
    heightPx: fc.integer({ min: 1, max: 12 }),
    channels: fc.constantFrom(1 as const, 3 as const)
  })
  .chain((size) =>
    fc
      .uint8Array({
        minLength: size.widthPx * size.heightPx * size.channels,
        maxLength: size.widthPx * size.heightPx * size.channels
      })
      .map((data): Pixels => ({ ...size, data }))
  )

const whole = ({ heightPx, widthPx }: Pixels) => ({ x: 0, y: 0, width: widthPx, height: heightPx })

/** A sheet of one level with rectangles of another. */
const sheet = (
  widthPx: number,
  heightPx: number,
  paper: number,
  ink: number,
  boxes: ReadonlyArray<readonly number[]>
) => {
  const data = new Uint8Array(widthPx * heightPx).fill(paper)
  for (const [x = 0, y = 0, width = 0, height = 0] of boxes) {
    for (let row = y; row < y + height; row++) data.fill(ink, row * widthPx + x, row * widthPx + x + width)
  }
  return { widthPx, heightPx, channels: 1, data } satisfies Pixels
}

describe("resample", () => {
  it("changes nothing at the same size, blue before red", () => {
    fc.assert(
      fc.property(images, (image) => {
        const planes = resample(image, whole(image), image.widthPx, image.heightPx)
        const size = image.widthPx * image.heightPx
        const expected = Uint8Array.from(planes, (_, index) => {
          const channel = image.channels === 1 ? 0 : 2 - Math.floor(index / size)
          return image.data[(index % size) * image.channels + channel]!
        })
        assert.deepStrictEqual(Uint8Array.from(planes, Math.round), expected)
      })
    )
  })

  it("stays between the darkest and the brightest level at any size, beyond the edges too", () => {
    const sizes = fc.record({ width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 30 }) })
    const margins = fc.double({ min: 0, max: 3, noNaN: true })
    fc.assert(
      fc.property(images, sizes, margins, (image, { height, width }, margin) => {
        const region = {
          x: -margin,
          y: -margin,
          width: image.widthPx + 2 * margin,
          height: image.heightPx + 2 * margin
        }
        const least = Math.min(...image.data) - 1e-3
        const most = Math.max(...image.data) + 1e-3
        for (const level of resample(image, region, width, height)) assert.isTrue(level >= least && level <= most)
      })
    )
  })
})

describe("quarterTurn", () => {
  it("is undone by three more", () => {
    fc.assert(
      fc.property(images, (image) => {
        assert.deepStrictEqual(quarterTurn(quarterTurn(quarterTurn(quarterTurn(image)))), image)
      })
    )
  })

  it("makes writing level that reads downwards", () => {
    const downwards = { widthPx: 2, heightPx: 3, channels: 1, data: Uint8Array.of(4, 1, 5, 2, 6, 3) } as const
    assert.deepStrictEqual(quarterTurn(downwards), {
      widthPx: 3,
      heightPx: 2,
      channels: 1,
      data: Uint8Array.of(1, 2, 3, 4, 5, 6)
    })
  })
})

describe("inkBox", () => {
  it.each([
    ["dark on light", 250, 20],
    ["light on dark", 30, 240]
  ])("finds writing %s", (_, paper, ink) => {
    const image = sheet(40, 20, paper, ink, [
      [5, 4, 6, 10],
      [20, 6, 8, 9]
    ])
    assert.deepStrictEqual(inkBox(image), { x: 5, y: 4, width: 23, height: 11 })
  })

  it("is the whole image where nothing stands out", () => {
    const image = sheet(9, 7, 200, 200, [])
    assert.deepStrictEqual(inkBox(image), whole(image))
    assert.deepStrictEqual(crop(image, inkBox(image)), image)
  })
})

describe("lineShape", () => {
  it("tells the gaps that are wide enough for a space", () => {
    const image = sheet(100, 30, 255, 0, [
      [10, 5, 8, 20],
      [21, 5, 8, 20],
      [45, 5, 8, 20]
    ])
    assert.deepStrictEqual(lineShape(image).gaps, [37])
  })

  it("does not let a dash grow to the height of a line", () => {
    assert.isAtLeast(lineShape(sheet(60, 40, 255, 0, [[20, 18, 15, 3]])).region.height, 20)
  })
})

describe("textRegions", () => {
  const map = (boxes: ReadonlyArray<readonly number[]>, probability = 1) =>
    Float32Array.from(sheet(60, 40, 0, 1, boxes).data, (level) => level * probability)

  it("grows the cores of lines to whole letters, inside the map", () => {
    const [region, ...others] = textRegions(map([[2, 10, 40, 6]]), 60, 40)
    assert.lengthOf(others, 0)
    assert.isTrue(region !== undefined && region.x === 0 && region.y < 8 && region.height > 10 && region.width > 44)
  })

  it("leaves out specks and what the model is unsure of", () => {
    assert.deepStrictEqual(textRegions(map([[2, 10, 2, 2]]), 60, 40), [])
    assert.deepStrictEqual(textRegions(map([[2, 10, 40, 6]], 0.5), 60, 40), [])
  })

  it("reads from line to line, each from left to right", () => {
    const box = (x: number, y: number) => ({ x, y, width: 10, height: 10 })
    const order = [box(0, 2), box(20, 0), box(40, 1), box(0, 20), box(30, 22)]
    fc.assert(
      fc.property(fc.shuffledSubarray(order, { minLength: order.length }), (shuffled) => {
        assert.deepStrictEqual(inReadingOrder(shuffled), order)
      })
    )
  })
})
