import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import type { BoundingBox, Rotation } from "../../src/document/Page.ts"
import { isClearlyBetter, liesOnSide, mayLieOtherwise, turnOfLevelPage } from "../../src/image/pageTurn.ts"
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
    expect(turn(lines, { 0: 0.9, 180: 0.99 }, asked).turn).toBe(0)
    expect(new Set(asked)).toEqual(new Set([0]))
  })

  it("asks for lines of letters, not for specks in a row", () => {
    const specks = lineOf(20, 300)
    const noise = { ...specks, pieces: specks.pieces.map((piece) => ({ ...piece, height: 4 })) }
    const asked: Array<WritingLine> = []
    const askedFor = (line: WritingLine) => Effect.sync(() => asked.push(line)).pipe(Effect.as(0.9))
    Effect.runSync(turnOfLevelPage([noise, ...lines], askedFor))
    expect(asked).not.toContain(noise)
  })

  it("turns a page that is read clearly better upside down", () => {
    expect(turn(lines, { 0: 0.3, 180: 0.9 }).turn).toBe(180)
  })

  it("leaves a page alone that is read badly both ways", () => {
    expect(turn(lines, { 0: 0.4, 180: 0.5 }).turn).toBe(0)
  })

  it("leaves a page alone that has no level line", () => {
    expect(turn([lineOf(9, 10, "turned"), lineOf(2, 50)], { 0: 0, 180: 1 }).turn).toBe(0)
  })

  it("doubts the side where the page is read badly, and believes the other one where it is read clearly better", () => {
    const badly = turn(lines, { 0: 0.6, 180: 0.5 })
    expect(mayLieOtherwise(badly)).toBe(true)
    expect(mayLieOtherwise(turn(lines, { 0: 0.9, 180: 0.5 }))).toBe(false)
    expect(isClearlyBetter(turn(lines, { 0: 0.3, 180: 0.9 }), badly)).toBe(true)
    expect(isClearlyBetter(turn(lines, { 0: 0.65, 180: 0.5 }), badly)).toBe(false)
    expect(isClearlyBetter(turn([lineOf(9, 10)], { 0: 0.9, 180: 0.1 }), badly)).toBe(false)
  })
})
