import { describe, expect, it } from "vitest"
import type { Rule } from "../../src/document/Page.ts"
import { isMadeOfLetters, letterBoxes } from "../../src/image/letters.ts"
import { frame, paint, raster, word } from "./raster.ts"

const level = (position: number): Rule => ({ orientation: "horizontal", position, from: 20, to: 400, thickness: 1 })
/** A line of writing from y = 50 to 64. */
const line = Array.from({ length: 20 }, (_, i) => ({ x: 20 + 19 * i, y: 50, width: 12, height: 14 }))

describe("letterBoxes", () => {
  it("finds dark letters on light and light letters on dark, one box each", () => {
    const dark = raster(800, 300)
    const light = raster(800, 300, 30)
    for (const [image, ink] of [
      [dark, 0],
      [light, 240]
    ] as const) {
      word(image, 100, 100, 5, 18, ink)
    }
    const boxes = (image: typeof dark, ink: "dark" | "light") =>
      letterBoxes({ width: 800, height: 300, data: image.data }, ink)
    expect(boxes(dark, "dark")).toHaveLength(5)
    expect(boxes(light, "light")).toEqual(boxes(dark, "dark"))
  })

  it("leaves out borders, specks and blocks", () => {
    const image = raster(800, 300)
    frame(image, { x: 10, y: 10, width: 700, height: 200 })
    paint(image, { x: 60, y: 60, width: 2, height: 2 }, 0)
    paint(image, { x: 300, y: 60, width: 200, height: 90 }, 0)
    expect(letterBoxes({ width: 800, height: 300, data: image.data }, "dark")).toEqual([])
  })
})

describe("isMadeOfLetters", () => {
  it("is true of what runs through a line of writing, and along its tops or feet", () => {
    for (const position of [50, 57, 64]) expect(isMadeOfLetters(level(position), line)).toBe(true)
  })

  it("is false of a border between two lines", () => {
    const next = line.map((box) => ({ ...box, y: 80 }))
    expect(isMadeOfLetters(level(72), [...line, ...next])).toBe(false)
  })

  it("is false of a long border that writing crosses once", () => {
    expect(isMadeOfLetters({ ...level(57), to: 4000 }, line)).toBe(false)
  })

  it("looks at plumb rules likewise", () => {
    const column = Array.from({ length: 12 }, (_, i) => ({ x: 100, y: 20 + 24 * i, width: 12, height: 14 }))
    const rule = { orientation: "vertical" as const, from: 20, to: 300, thickness: 1 }
    expect(isMadeOfLetters({ ...rule, position: 106 }, column)).toBe(true)
    expect(isMadeOfLetters({ ...rule, position: 90 }, column)).toBe(false)
  })
})
