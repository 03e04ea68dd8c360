import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { BoundingBox, PageImage } from "../../src/document/Page.ts"
import { coloredGrounds } from "../../src/image/coloredGrounds.ts"
import { randomFrom } from "./raster.ts"

type Color = readonly [number, number, number]

interface Painted {
  readonly box: BoundingBox
  readonly color: Color
}

const textHeight = 20
const paper: Color = [255, 255, 255]
const red: Color = [239, 173, 180]
const blue: Color = [158, 197, 254]

const pageOf = (painted: ReadonlyArray<Painted>): PageImage => {
  const [widthPx, heightPx] = [400, 300]
  const data = new Uint8Array(widthPx * heightPx * 3)
  for (let i = 0; i < widthPx * heightPx; i++) {
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)]
    const top = painted.findLast(
      ({ box }) => x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height
    )
    data.set(top?.color ?? paper, 3 * i)
  }
  return { pageNumber: 1, widthPx, heightPx, channels: 3, data }
}

/** Strokes of letters, dark on any ground. */
const writingIn = ({ x, y }: BoundingBox): ReadonlyArray<Painted> =>
  [0, 1, 2, 3, 4, 5].map((letter) => ({
    box: { x: x + 6 + 11 * letter, y: y + 6, width: 3, height: 14 },
    color: [20, 20, 20]
  }))

const each = (image: PageImage, change: (level: number, at: number) => number): PageImage => ({
  ...image,
  data: image.data.map((level, at) => Math.max(0, Math.min(255, Math.round(change(level, at)))))
})

const boxesIn = (image: PageImage) =>
  coloredGrounds(image, textHeight, null)
    .map(({ box }) => box)
    .toSorted((a, b) => a.y - b.y || a.x - b.x)

const upper: BoundingBox = { x: 53, y: 41, width: 121, height: 67 }
const lower: BoundingBox = { x: 53, y: 108, width: 121, height: 90 }
const cards: ReadonlyArray<Painted> = [
  { box: upper, color: red },
  { box: lower, color: blue },
  ...[upper, lower].flatMap(writingIn)
]

describe("coloredGrounds", () => {
  it("finds grounds to the pixel and with their colours, those that touch and are written on too", () => {
    expect(coloredGrounds(pageOf(cards), textHeight, null)).toEqual([
      { box: upper, color: "#EFADB4" },
      { box: lower, color: "#9EC5FE" }
    ])
  })

  it("finds nothing on a page without any, nor in its writing", () => {
    expect(boxesIn(pageOf([]))).toEqual([])
    expect(boxesIn(pageOf(writingIn(upper)))).toEqual([])
  })

  it("finds them in uneven light", () => {
    const shaded = each(pageOf(cards), (level, at) => level * (1 - (0.4 * (Math.floor(at / 3) % 400)) / 400))
    expect(boxesIn(shaded)).toEqual([upper, lower])
  })

  it("finds them under noise to within two pixels", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const random = randomFrom(seed)
        const found = boxesIn(each(pageOf(cards), (level) => level + (2 * random() - 1) * 10))
        expect(found).toHaveLength(2)
        for (const [i, box] of [upper, lower].entries()) {
          expect(Math.abs(found[i]!.y - box.y)).toBeLessThanOrEqual(2)
          expect(Math.abs(found[i]!.y + found[i]!.height - box.y - box.height)).toBeLessThanOrEqual(2)
        }
      }),
      { numRuns: 5 }
    )
  })

  it("tells grounds from white by their shade where a page has no colours", () => {
    const gray = (level: number): Color => [level, level, level]
    const page = pageOf([
      { box: upper, color: gray(190) },
      { box: lower, color: gray(215) },
      ...[upper, lower].flatMap(writingIn)
    ])
    expect(boxesIn(page)).toEqual([upper, lower])
  })
})
