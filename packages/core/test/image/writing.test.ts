import { describe, expect, it } from "vitest"
import type { BoundingBox } from "../../src/document/Page.ts"
import { linesIn, rotationsOf } from "../../src/image/writing.ts"
import { frame, grayOf, paint, type Raster, raster, word } from "./raster.ts"

const textHeight = 24
const letterHeight = 18

const linesOn = (image: Raster, region: BoundingBox = { x: 0, y: 0, width: image.widthPx, height: image.heightPx }) =>
  linesIn(grayOf(image), region, textHeight)

/** Letters of a word turned by a quarter: each lies on its side below the one before. */
const turnedWord = (image: Raster, x: number, y: number, letters: number): void => {
  for (let i = 0; i < letters; i++) frame(image, { x, y: y + i * 15, width: letterHeight, height: 12 }, 2)
}

describe("linesIn", () => {
  it("finds one level line a row of letters, from top to bottom", () => {
    const image = raster(300, 120)
    word(image, 20, 70, 6, letterHeight)
    word(image, 20, 20, 9, letterHeight)
    const lines = linesOn(image)
    expect(lines.map(({ direction }) => direction)).toEqual(["level", "level"])
    expect(lines.map(({ pieces }) => pieces.length)).toEqual([9, 6])
    expect(lines.map(({ box }) => [box.x, box.y, box.height])).toEqual([
      [20, 20, letterHeight],
      [20, 70, letterHeight]
    ])
  })

  it("keeps words of one line together, with spaces between them", () => {
    const image = raster(300, 60)
    word(image, 20, 20, 3, letterHeight)
    word(image, 80, 20, 4, letterHeight)
    expect(linesOn(image).map(({ pieces }) => pieces.length)).toEqual([7])
  })

  it("tells turned writing by letters that follow each other downwards", () => {
    const image = raster(80, 260)
    turnedWord(image, 30, 20, 8)
    const lines = linesOn(image)
    expect(lines.map(({ direction, pieces }) => [direction, pieces.length])).toEqual([["turned", 8]])
    expect(rotationsOf("turned")).toEqual([270, 90])
  })

  it("tells two columns of turned writing apart, from left to right", () => {
    const image = raster(140, 260)
    turnedWord(image, 80, 20, 6)
    turnedWord(image, 30, 20, 9)
    expect(linesOn(image).map(({ direction, pieces }) => [direction, pieces.length])).toEqual([
      ["turned", 9],
      ["turned", 6]
    ])
  })

  it("tells stacked letters by the gaps between them", () => {
    const image = raster(80, 240)
    for (let i = 0; i < 5; i++) word(image, 30, 20 + i * 40, 1, letterHeight)
    expect(linesOn(image).map(({ direction, pieces }) => [direction, pieces.length])).toEqual([["stacked", 5]])
  })

  it("takes letters that run together for neighbours along their line, above another line", () => {
    const image = raster(240, 90)
    paint(image, { x: 40, y: 15, width: 120, height: letterHeight }, 0)
    for (const x of [60, 96]) paint(image, { x, y: 45, width: 30, height: letterHeight }, 0)
    expect(linesOn(image).map(({ direction, pieces }) => [direction, pieces.length])).toEqual([
      ["level", 1],
      ["level", 2]
    ])
  })

  it("takes a turned word whose letters run together for turned", () => {
    const image = raster(60, 200)
    paint(image, { x: 20, y: 40, width: letterHeight, height: 90 }, 0)
    expect(linesOn(image).map(({ direction }) => direction)).toEqual(["turned"])
  })

  it("takes a single letter for level", () => {
    const image = raster(60, 60)
    word(image, 20, 20, 1, letterHeight)
    expect(linesOn(image).map(({ direction }) => direction)).toEqual(["level"])
  })

  it("cuts an icon off that stands apart from the name", () => {
    const image = raster(400, 60)
    word(image, 20, 20, 5, letterHeight)
    paint(image, { x: 300, y: 16, width: 26, height: 26 }, 0)
    const lines = linesOn(image)
    expect(lines.map(({ pieces }) => pieces.length).toSorted((a, b) => b - a)).toEqual([5, 1])
  })

  it("joins the dots of letters to their line", () => {
    const image = raster(200, 60)
    word(image, 20, 24, 5, letterHeight)
    for (const x of [24, 52]) paint(image, { x, y: 18, width: 3, height: 3 }, 0)
    const lines = linesOn(image)
    expect(lines).toHaveLength(1)
    expect(lines[0]!.box).toMatchObject({ y: 18, height: 24 })
  })

  it("keeps a dash between two times on their line", () => {
    const image = raster(200, 60)
    word(image, 20, 20, 2, letterHeight)
    paint(image, { x: 52, y: 28, width: 10, height: 3 }, 0)
    word(image, 70, 20, 2, letterHeight)
    expect(linesOn(image).map(({ pieces }) => pieces.length)).toEqual([5])
  })

  it("leaves out what remains of borders, underlines and specks", () => {
    const image = raster(300, 100)
    paint(image, { x: 0, y: 0, width: 300, height: 2 }, 0)
    paint(image, { x: 0, y: 0, width: 2, height: 100 }, 0)
    paint(image, { x: 20, y: 60, width: 120, height: 2 }, 0)
    paint(image, { x: 200, y: 70, width: 2, height: 1 }, 0)
    word(image, 20, 36, 6, letterHeight)
    expect(linesOn(image).map(({ pieces }) => pieces.length)).toEqual([6])
  })

  it("finds nothing in a cell that is blank, filled or ruled off", () => {
    const blank = raster(100, 50)
    const ruled = raster(100, 50)
    paint(ruled, { x: 0, y: 0, width: 100, height: 3 }, 0)
    expect([blank, raster(100, 50, 120), ruled].map((image) => linesOn(image))).toEqual([[], [], []])
  })

  it("takes no row of stars or dots for writing", () => {
    const starred = raster(200, 60)
    for (const x of [80, 95, 110]) paint(starred, { x, y: 22, width: 12, height: 12 }, 0)
    const named = raster(200, 60)
    word(named, 20, 20, 3, letterHeight)
    expect([starred, named].map((image) => linesOn(image).length)).toEqual([0, 1])
  })

  it("takes no stars that touch for writing, but a word whose letters do", () => {
    const starred = raster(200, 60)
    paint(starred, { x: 80, y: 22, width: 32, height: Math.round(0.45 * textHeight) }, 0)
    const named = raster(200, 60)
    paint(named, { x: 80, y: 22, width: 42, height: letterHeight }, 0)
    expect([starred, named].map((image) => linesOn(image).length)).toEqual([0, 1])
  })

  it("looks at its region only", () => {
    const image = raster(300, 60)
    word(image, 20, 20, 4, letterHeight)
    word(image, 200, 20, 4, letterHeight)
    const [line, ...more] = linesOn(image, { x: 150, y: 0, width: 150, height: 60 })
    expect(more).toEqual([])
    expect(line!.box.x).toBe(200)
  })
})
