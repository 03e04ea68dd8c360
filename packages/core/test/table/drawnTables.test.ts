import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { drawnTables } from "../../src/table/drawnTables.ts"
import type { Table } from "../../src/table/Table.ts"
import { blankPage, drawTable, pageWith } from "../support/pages.ts"

const texts = (table: Table | undefined) =>
  table?.cells.map(({ rowIndex, columnIndex, rowSpan, columnSpan, words }) => [
    rowIndex,
    columnIndex,
    rowSpan,
    columnSpan,
    words.map(({ text }) => text).join(" ")
  ])

/** The four rules of a rectangle. */
const frameOf = (x: number, y: number, width: number, height: number) =>
  drawTable([[""]], { x, y, columnWidth: width, rowHeight: height }).rules

describe("drawnTables", () => {
  it("gives every cell its place, span and words", () => {
    const [table] = drawnTables(
      pageWith([
        ["a", { text: "b c", columnSpan: 2 }, null],
        [{ text: "d", rowSpan: 2 }, "e", "f"],
        [null, "", "g"]
      ])
    )
    expect(texts(table)).toEqual([
      [0, 0, 1, 1, "a"],
      [0, 1, 1, 2, "b c"],
      [1, 0, 2, 1, "d"],
      [1, 1, 1, 1, "e"],
      [1, 2, 1, 1, "f"],
      [2, 1, 1, 1, ""],
      [2, 2, 1, 1, "g"]
    ])
  })

  it("closes the open sides of a table without a frame", () => {
    const { words, rules } = drawTable([
      ["a", "b"],
      ["c", "d"]
    ])
    const [x, y] = [40, 100]
    const inner = rules.filter(
      ({ position, orientation }) => position === (orientation === "vertical" ? x + 200 : y + 90)
    )
    const [table] = drawnTables({ ...blankPage, words, rules: [...inner, ...inner] })
    expect(table?.cells.map((cell) => cell.words[0]?.text)).toEqual(["a", "b", "c", "d"])
  })

  it("takes a double border for one", () => {
    const page = pageWith([
      ["a", "b"],
      ["c", "d"]
    ])
    const doubled = page.rules.flatMap((rule) => [rule, { ...rule, position: rule.position + 6 }])
    expect(drawnTables({ ...page, rules: doubled })[0]?.cells).toHaveLength(4)
  })

  it("keeps borders apart that do not run beside each other, however near they are", () => {
    const parts = [
      drawTable([["a"], ["b"]]),
      drawTable([["c"]], { x: 240, rowHeight: 95 }),
      drawTable([["d"]], { x: 240, y: 195, rowHeight: 85 })
    ]
    const page = {
      ...blankPage,
      words: parts.flatMap(({ words }) => words),
      rules: parts.flatMap(({ rules }) => rules)
    }
    const boxes = drawnTables(page)[0]?.cells.map(({ box, words }) => `${words[0]?.text} to ${box.y + box.height}`)
    expect(boxes).toEqual(["a to 190", "c to 195", "b to 280", "d to 280"])
    const measured = drawnTables({ ...page, isMeasured: true })[0]
    expect(measured?.rowEdges).toHaveLength(3)
  })

  it("gives a table the cells that stand apart within it, in line with its columns", () => {
    const days = drawTable([["a", "b", "c"]])
    const long = drawTable([["d"]], { y: 190, rowHeight: 300 })
    const apart = drawTable([["e", "f"]], { x: 240, y: 300 })
    const parts = [days, long, apart]
    const page = {
      ...blankPage,
      words: parts.flatMap(({ words }) => words),
      rules: parts.flatMap(({ rules }) => rules)
    }
    const [table, another] = drawnTables({ ...page, rules: [...page.rules, ...frameOf(40, 100, 600, 400)] })
    expect(another).toBeUndefined()
    expect(table?.cells.map(({ words }) => words[0]?.text ?? "")).toEqual(["a", "b", "c", "d", "", "e", "f", "", ""])
  })

  it("leaves a table to itself that stands within another one, out of line with it", () => {
    const outer = drawTable([["a", { text: "", columnSpan: 3 }, null, null]])
    const inner = drawTable([["b", "c"]], { x: 300, y: 110, columnWidth: 150, rowHeight: 40 })
    const page = { ...blankPage, words: [...outer.words, ...inner.words], rules: [...outer.rules, ...inner.rules] }
    expect(drawnTables(page)).toHaveLength(2)
  })

  it("shades a cell by what covers it and not by a highlight behind a word", () => {
    const page = pageWith([
      ["a", "b"],
      ["c", "d"]
    ])
    const fills = [
      { box: { x: 40, y: 100, width: 200, height: 90 }, color: "#CFE0FF" },
      { box: { x: 246, y: 106, width: 20, height: 20 }, color: "#FFFF00" },
      { box: { x: 40, y: 190, width: 200, height: 90 }, color: "#FFFFFF" }
    ]
    expect(drawnTables({ ...page, fills })[0]?.cells.map(({ fill }) => fill)).toEqual(["#CFE0FF", null, null, null])
  })

  it("finds two tables on one page and leaves loose lines alone", () => {
    const upper = drawTable([
      ["a", "b"],
      ["c", "d"]
    ])
    const lower = drawTable(
      [
        ["e", "f"],
        ["g", "h"]
      ],
      { y: 600 }
    )
    const underline = { orientation: "horizontal", position: 50, from: 40, to: 300, thickness: 2 } as const
    const page = {
      ...blankPage,
      words: [...upper.words, ...lower.words],
      rules: [...lower.rules, ...upper.rules, underline]
    }
    expect(drawnTables(page).map(({ cells }) => cells[0]?.words[0]?.text)).toEqual(["a", "e"])
  })

  it("tiles the grid whatever borders are drawn", () => {
    const grid = fc.record({
      rows: fc.integer({ min: 1, max: 6 }),
      columns: fc.integer({ min: 1, max: 6 }),
      dropped: fc.array(fc.nat(200), { maxLength: 60 })
    })
    fc.assert(
      fc.property(grid, ({ rows, columns, dropped }) => {
        const page = pageWith(Array.from({ length: rows }, () => Array.from({ length: columns }, () => "x")))
        const rules = page.rules.filter((_, i) => !dropped.includes(i))
        for (const table of drawnTables({ ...page, rules })) {
          const [height, width] = [table.rowEdges.length - 1, table.columnEdges.length - 1]
          const owners = new Uint8Array(height * width)
          for (const { rowIndex, columnIndex, rowSpan, columnSpan } of table.cells) {
            for (let r = rowIndex; r < rowIndex + rowSpan; r++) {
              for (let c = columnIndex; c < columnIndex + columnSpan; c++) owners[r * width + c]!++
            }
          }
          expect(owners.every((count) => count === 1)).toBe(true)
        }
      }),
      { numRuns: 200 }
    )
  })
})
