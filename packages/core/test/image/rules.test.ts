import { describe, expect, it } from "vitest"
import type { Rule } from "../../src/document/Page.ts"
import { transpose } from "../../src/image/gray.ts"
import { pruneRules, rulesOfStrokes } from "../../src/image/rulesOfStrokes.ts"
import { findStrokes } from "../../src/image/strokes.ts"
import { grayOf, paint, type Raster, raster, skewed, word } from "./raster.ts"

const textHeight = 20
const options = { textHeight, contrast: 14 }

const rulesOn = (image: Raster): ReadonlyArray<Rule> => [
  ...rulesOfStrokes(findStrokes(grayOf(image), options), "horizontal", textHeight),
  ...rulesOfStrokes(findStrokes(transpose(grayOf(image)), options), "vertical", textHeight)
]

/** Positions of one orientation, rounded, in order. */
const positions = (rules: ReadonlyArray<Rule>, orientation: Rule["orientation"]): ReadonlyArray<number> =>
  rules
    .filter((rule) => rule.orientation === orientation)
    .map(({ position }) => Math.round(position))
    .toSorted((a, b) => a - b)

const level = (image: Raster, y: number, from: number, to: number, thickness = 1, tone = 0): void =>
  paint(image, { x: from, y, width: to - from, height: thickness }, tone)
const plumb = (image: Raster, x: number, from: number, to: number, thickness = 1, tone = 0): void =>
  paint(image, { x, y: from, width: thickness, height: to - from }, tone)

/** Three rows and columns; `tone` and `thickness` of their lines. */
const grid = (thickness = 1, tone = 0, ground = 255): Raster => {
  const image = raster(360, 260, ground)
  for (const y of [20, 80, 140, 200]) level(image, y, 30, 330 + thickness, thickness, tone)
  for (const x of [30, 130, 230, 330]) plumb(image, x, 20, 200 + thickness, thickness, tone)
  return image
}

describe("findStrokes and rulesOfStrokes", () => {
  it.each([1, 2, 3])("find the lines of a grid, %i px thick, and nothing else", (thickness) => {
    const rules = rulesOn(grid(thickness))
    const within = (drawn: ReadonlyArray<number>) => (at: number) =>
      drawn.some((from) => at >= from - 1 && at <= from + thickness)
    const [rows, columns] = [[20, 80, 140, 200] as const, [30, 130, 230, 330] as const]
    expect(positions(rules, "horizontal").every(within(rows))).toBe(true)
    expect(positions(rules, "vertical").every(within(columns))).toBe(true)
    expect(rows.every((at) => positions(rules, "horizontal").some(within([at])))).toBe(true)
    expect(columns.every((at) => positions(rules, "vertical").some(within([at])))).toBe(true)
    for (const { from, to, orientation } of rules) {
      const [first, last] = orientation === "horizontal" ? [30, 330] : [20, 200]
      expect(Math.abs(from - first)).toBeLessThanOrEqual(textHeight * 0.3)
      expect(Math.abs(to - last)).toBeLessThanOrEqual(textHeight * 0.3)
    }
  })

  it("find light lines on a dark ground, and faint ones on white", () => {
    for (const image of [grid(2, 230, 60), grid(2, 215)]) {
      expect(positions(rulesOn(image), "horizontal")).toHaveLength(4)
      expect(positions(rulesOn(image), "vertical")).toHaveLength(4)
    }
  })

  it("take the edge between two colours for a border", () => {
    const image = raster(300, 200)
    paint(image, { x: 0, y: 100, width: 300, height: 100 }, 200)
    expect(positions(rulesOn(image), "horizontal")).toEqual([100])
  })

  it("bridge small gaps of a line, not wide ones", () => {
    const image = raster(400, 120)
    for (const from of [20, 118, 216]) level(image, 40, from, from + 96)
    level(image, 90, 20, 140)
    level(image, 90, 240, 380)
    const rules = rulesOn(image)
    expect(positions(rules, "horizontal")).toEqual([40, 90, 90])
  })

  it("keep the two strokes of a double border within one border's width", () => {
    const image = raster(300, 100)
    level(image, 40, 20, 280)
    level(image, 44, 20, 280)
    const found = positions(rulesOn(image), "horizontal")
    expect(found.length).toBeGreaterThanOrEqual(1)
    expect(found.every((at) => at >= 39 && at <= 45)).toBe(true)
  })

  it("tell the slope and place of a line that leans", () => {
    const image = raster(400, 200)
    level(image, 100, 40, 360, 2)
    const [stroke] = findStrokes(grayOf(skewed(image, 2)), options)
      .filter(({ kind }) => kind === "line")
      .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    expect(stroke!.slope).toBeCloseTo(Math.tan((2 * Math.PI) / 180), 2)
    expect(stroke!.intercept + stroke!.slope * 200).toBeCloseTo(100.5, 0)
  })

  it("find no line in letters", () => {
    const image = raster(400, 100)
    for (const x of [20, 120, 220]) word(image, x, 30, 1, 15)
    expect(rulesOn(image)).toEqual([])
  })

  it("find nothing on blank paper or an image without room", () => {
    expect(rulesOn(raster(200, 100))).toEqual([])
    expect(rulesOn(raster(1, 1))).toEqual([])
    expect(rulesOn(raster(500, 1, 0))).toEqual([])
  })
})

describe("pruneRules", () => {
  const rule = (orientation: Rule["orientation"], position: number, from: number, to: number): Rule => ({
    orientation,
    position,
    from,
    to,
    thickness: 1
  })
  const table = [
    rule("horizontal", 100, 50, 450),
    rule("horizontal", 200, 50, 450),
    rule("vertical", 50, 100, 200),
    rule("vertical", 250, 100, 200),
    rule("vertical", 450, 100, 200)
  ]

  it("keeps the borders of a table", () => {
    expect(pruneRules(table, textHeight, 1000)).toEqual(table)
  })

  it("drops underlines and lines that end nowhere", () => {
    const underline = rule("horizontal", 150, 80, 140)
    const stray = rule("vertical", 700, 20, 90)
    expect(pruneRules([...table, underline, stray], textHeight, 1000)).toEqual(table)
  })

  it("drops the bars of a large letter that cross each other but no border", () => {
    const letter = [rule("vertical", 150, 120, 180), rule("horizontal", 130, 120, 175)]
    expect(pruneRules([...table, ...letter], textHeight, 1000)).toEqual(table)
  })

  it("keeps a border that ends a little before the one that it meets, and lets it reach that", () => {
    const short = rule("horizontal", 150, 54, 247)
    expect(pruneRules([...table, short], textHeight, 1000)).toContainEqual(rule("horizontal", 150, 50, 250))
  })

  it("keeps the lines of a table that is open at its sides", () => {
    const open = [rule("vertical", 300, 100, 400), ...[100, 200, 300, 400].map((y) => rule("horizontal", y, 40, 600))]
    expect(pruneRules(open, textHeight, 1000)).toEqual(open)
  })
})
