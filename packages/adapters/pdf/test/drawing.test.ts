import type { Rule } from "@timegrid/core"
import { assert, describe, it } from "vitest"
import { a4Box, perPoint, readOne } from "./reading.ts"

const only = (rules: ReadonlyArray<Rule>, orientation: Rule["orientation"]) =>
  rules.filter((rule) => rule.orientation === orientation)

const closeTo = (rule: Rule | undefined, position: number, from: number, to: number) => {
  assert.isDefined(rule)
  assert.closeTo(rule!.position, position * perPoint, 1)
  assert.closeTo(rule!.from, from * perPoint, 1.5)
  assert.closeTo(rule!.to, to * perPoint, 1.5)
}

describe("rules", () => {
  it("are stroked lines, with the width of the stroke", async () => {
    const { rules } = await readOne("2 w 100 700 m 300 700 l S 150 600 m 150 400 l S")
    assert.lengthOf(rules, 2)
    closeTo(rules[0], 142, 100, 300)
    closeTo(rules[1], 150, 242, 442)
    assert.closeTo(rules[0]!.thickness, 2 * perPoint, 0.01)
  })

  it("are the four sides of a stroked rectangle", async () => {
    const { fills, rules } = await readOne("100 500 200 100 re S")
    assert.lengthOf(fills, 0)
    const [top, bottom] = only(rules, "horizontal")
    const [left, right] = only(rules, "vertical")
    closeTo(top, 242, 100, 300)
    closeTo(bottom, 342, 100, 300)
    closeTo(left, 100, 242, 342)
    closeTo(right, 300, 242, 342)
  })

  it("are thin filled rectangles too", async () => {
    const { fills, rules } = await readOne("100 500 200 0.5 re f 100 300 1 200 re f")
    assert.lengthOf(fills, 0)
    assert.lengthOf(rules, 2)
    closeTo(rules[0], 842 - 500.25, 100, 300)
    closeTo(rules[1], 100.5, 342, 542)
  })

  it("drawn cell by cell are joined to one", async () => {
    const cells = Array.from({ length: 5 }, (_, index) => `${100 + 50 * index} 500 49.8 40 re S`)
    const { rules } = await readOne(cells.join(" "))
    const [top, bottom, ...others] = only(rules, "horizontal")
    assert.lengthOf(others, 0)
    closeTo(top, 302, 100, 349.8)
    closeTo(bottom, 342, 100, 349.8)
    assert.lengthOf(only(rules, "vertical"), 6)
  })

  it("that stand apart on one line stay apart", async () => {
    const { rules } = await readOne("100 500 m 200 500 l S 220 500 m 300 500 l S")
    assert.lengthOf(rules, 2)
  })

  it("end where the clipping path ends", async () => {
    const { rules } = await readOne("q 100 400 100 200 re W n 50 500 m 500 500 l S 50 100 m 500 100 l S Q")
    assert.lengthOf(rules, 1)
    closeTo(rules[0], 342, 100, 200)
  })

  it("follow the page when it is turned", async () => {
    const { rules } = await readOne({ content: "100 700 m 300 700 l S", entries: "/Rotate 90" })
    assert.lengthOf(rules, 1)
    assert.strictEqual(rules[0]!.orientation, "vertical")
    closeTo(rules[0], 700, 100, 300)
  })

  it("are not slanted lines, curves or transparent strokes", async () => {
    const { rules } = await readOne({
      content: "100 100 m 300 200 l S 100 300 m 150 400 250 400 300 300 c S /Clear gs 100 500 m 300 500 l S",
      resources: "/ExtGState << /Clear << /CA 0 >> >>"
    })
    assert.lengthOf(rules, 0)
  })

  it("may be white where they part two shades, but not on white paper", async () => {
    const { rules } = await readOne("0 0 1 rg 100 400 200 100 re f 1 G 2 w 200 400 m 200 500 l S 50 700 m 500 700 l S")
    assert.lengthOf(rules, 1)
    closeTo(rules[0], 200, 342, 442)
  })
})

describe("fills", () => {
  it.each([
    ["gray", "0.5 g", "#808080"],
    ["red, green and blue", "1 0.8 0 rg", "#FFCC00"],
    ["a named space", "/DeviceRGB cs 0 1 0 sc", "#00FF00"],
    ["white", "1 g", "#FFFFFF"]
  ])("keep their box and their colour in %s", async (_, operator, color) => {
    const { fills, rules } = await readOne(`${operator} 100 500 200 100 re f`)
    assert.lengthOf(rules, 0)
    assert.lengthOf(fills, 1)
    assert.strictEqual(fills[0]!.color, color)
    const expected = a4Box(100, 500, 200, 100)
    for (const key of ["x", "y", "width", "height"] as const) {
      assert.closeTo(fills[0]!.box[key], expected[key], 0.5)
    }
  })

  it("in ink colours are near the screen's", async () => {
    const { fills } = await readOne("0 0 1 0 k 100 500 200 100 re f")
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(fills[0]!.color.slice(at, at + 2), 16))
    assert.isTrue(red! > 220 && green! > 200 && blue! < 80)
  })

  it("that are half transparent have the shade that is seen on white", async () => {
    const { fills } = await readOne({
      content: "/Half gs 1 0 0 rg 100 500 200 100 re f",
      resources: "/ExtGState << /Half << /ca 0.5 >> >>"
    })
    assert.strictEqual(fills[0]!.color, "#FF8080")
  })

  it("may have rounded corners, but no other shape", async () => {
    const rounded =
      "110 500 m 290 500 l 295 500 300 505 300 510 c 300 590 l 300 595 295 600 290 600 c 110 600 l 105 600 100 595 100 590 c 100 510 l 100 505 105 500 110 500 c f"
    const triangle = "100 100 m 300 100 l 200 300 l f"
    const { fills } = await readOne(`1 0 0 rg ${rounded} ${triangle}`)
    assert.lengthOf(fills, 1)
    assert.closeTo(fills[0]!.box.width, 200 * perPoint, 1)
  })

  it("and stroked edges of one rectangle are both given", async () => {
    const { fills, rules } = await readOne("0 1 1 rg 0 G 100 500 200 100 re B")
    assert.lengthOf(fills, 1)
    assert.lengthOf(rules, 4)
  })
})
