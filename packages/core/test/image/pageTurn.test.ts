import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import type { BoundingBox, Rotation } from "../../src/document/Page.ts"
import { liesOnSide, turnOfLevelPage } from "../../src/image/pageTurn.ts"
import type { WritingLine } from "../../src/image/writing.ts"

const lineOf = (letters: number, y: number, direction: WritingLine["direction"] = "level"): WritingLine => {
  const pieces = Array.from({ length: letters }, (_, i) => ({ x: 20 + 16 * i, y, width: 12, height: 18 }))
  return { box: { x: 20, y, width: 16 * letters, height: 18 }, direction, pieces, foreign: [], ground: 255, tone: 0 }
}
const upright = Array.from({ length: 8 }, (_, row) => lineOf(6, 30 + 34 * row).pieces).flat()
const onSide = upright.map(({ x, y, width, height }): BoundingBox => ({ x: y, y: x, width: height, height: width }))

describe("liesOnSide", () => {
  it("tells pages of level lines from pages of lines that run down", () => {
    expect(liesOnSide(upright, 24)).toBe(false)
    expect(liesOnSide(onSide, 24)).toBe(true)
  })

  it("takes a table with some turned headers for upright", () => {
    const header = onSide.slice(0, 18).map((box) => ({ ...box, x: box.x + 600 }))
    expect(liesOnSide([...upright, ...header], 24)).toBe(false)
  })

  it("does not judge by a few letters", () => {
    expect(liesOnSide(onSide.slice(0, 12), 24)).toBe(false)
  })
})

describe("turnOfLevelPage", () => {
  const turn = (lines: ReadonlyArray<WritingLine>, sureness: Record<0 | 180, number>, asked: Array<Rotation> = []) =>
    Effect.runSync(
      turnOfLevelPage(lines, (_, rotation) =>
        Effect.sync(() => {
          asked.push(rotation)
          return rotation === 180 ? sureness[180] : sureness[0]
        })
      )
    )
  const lines = [lineOf(9, 10), lineOf(5, 50), lineOf(7, 90)]

  it("asks for nothing more when the page is read surely as it is", () => {
    const asked: Array<Rotation> = []
    expect(turn(lines, { 0: 0.9, 180: 0.99 }, asked)).toBe(0)
    expect(new Set(asked)).toEqual(new Set([0]))
  })

  it("turns a page that is read clearly better upside down", () => {
    expect(turn(lines, { 0: 0.3, 180: 0.9 })).toBe(180)
  })

  it("leaves a page alone that is read badly both ways", () => {
    expect(turn(lines, { 0: 0.4, 180: 0.5 })).toBe(0)
  })

  it("leaves a page alone that has no level line", () => {
    expect(turn([lineOf(9, 10, "turned"), lineOf(2, 50)], { 0: 0, 180: 1 })).toBe(0)
  })
})
