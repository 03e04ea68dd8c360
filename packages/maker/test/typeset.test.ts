import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { fontFamilies, openFont, textWidth } from "../src/sheet/fonts.ts"
import { linesOf, makeCell, type Sheet, type Table } from "../src/sheet/Sheet.ts"
import { typeset } from "../src/sheet/typeset.ts"

const family = fontFamilies[0]!
const body = { size: 10 }

const sheetOf = (table: Partial<Table> & Pick<Table, "cells" | "columnWidths" | "rowHeights">): Sheet => ({
  widthPt: 400,
  heightPt: 300,
  marginPt: 20,
  paper: "#FFFFFF",
  pages: [[{ kind: "table", border: { width: 1, color: "#000000" }, padding: 2, spaceAfter: 0, ...table }]]
})

describe("typeset", () => {
  it("keeps level text inside its cell however long it is", () => {
    const names = fc.array(fc.stringMatching(/^[A-Za-z]{1,14}$/), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(names, (words) => {
        const cells = [makeCell(0, 0, linesOf([words.join(" ")], body)), makeCell(0, 1, linesOf(["x"], body))]
        const page = typeset(sheetOf({ columnWidths: [1, 4], rowHeights: [20], cells }), family)[0]!
        for (const text of page.texts.filter(({ x }) => x < 92)) {
          const right = text.x + textWidth(openFont(family, text.bold), text.text.trimEnd(), text.size)
          assert.isAtLeast(text.x, 21.9)
          assert.isAtMost(right, 90.1)
        }
        assert.strictEqual(
          page.texts
            .filter(({ x }) => x < 92)
            .map(({ text }) => text.trim())
            .join(" "),
          words.join(" ")
        )
      })
    )
  })

  it("turns text upwards from the foot of its cell and downwards from its head", () => {
    const cells = (["up", "down"] as const).map((direction, column) =>
      makeCell(0, column, linesOf(["Break"], body), { direction, align: "left" })
    )
    const page = typeset(sheetOf({ columnWidths: [1, 1], rowHeights: [100], cells }), family)[0]!
    const [up, down] = page.texts
    assert.deepStrictEqual([up!.rotation, down!.rotation], [270, 90])
    assert.closeTo(up!.y, 118, 0.01)
    assert.closeTo(down!.y, 22, 0.01)
  })

  it("draws no border where a cell has none", () => {
    const cells = [makeCell(0, 0, [], { bordered: false }), makeCell(0, 1, [])]
    const page = typeset(sheetOf({ columnWidths: [1, 1], rowHeights: [20], cells }), family)[0]!
    assert.isTrue(page.rules.every(({ x1 }) => x1 >= 200))
    assert.strictEqual(page.rules.length, 4)
  })

  it("sets a page smaller that would not hold its rows", () => {
    const rows = Array.from({ length: 40 }, (_, row) => makeCell(row, 0, linesOf([`Row ${row}`], body)))
    const page = typeset(sheetOf({ columnWidths: [1], rowHeights: rows.map(() => 16), cells: rows }), family)[0]!
    assert.isAtMost(page.contentHeightPt, 280)
    assert.strictEqual(page.texts.length, 40)
  })

  it("measures a no-break space like a space in every typeface", () => {
    for (const each of fontFamilies) {
      for (const isBold of [false, true]) {
        const font = openFont(each, isBold)
        assert.strictEqual(textWidth(font, "\u00a0", 10), textWidth(font, " ", 10), each.id)
      }
    }
  })
})
