import { describe, expect, it } from "vitest"
import { alignedTables } from "../../src/table/alignedTables.ts"
import { wordsAt } from "../support/pages.ts"

const laidOut = (rows: ReadonlyArray<ReadonlyArray<string>>, xs: ReadonlyArray<number>, pitch = 60) =>
  rows.flatMap((row, r) => row.flatMap((text, c) => (text === "" ? [] : wordsAt(text, xs[c]!, 100 + r * pitch))))

const textsOf = (words: ReturnType<typeof laidOut>) =>
  alignedTables({ pageNumber: 1, words }).map(({ cells }) =>
    cells.map((cell) => cell.words.map(({ text }) => text).join(" "))
  )

describe("alignedTables", () => {
  it("finds the columns of a table that nothing draws", () => {
    const rows = [
      ["Time", "Monday", "Tuesday"],
      ["9:00", "Maths", "Art"],
      ["10:00", "Physical Education", "Music"]
    ]
    expect(textsOf(laidOut(rows, [40, 300, 700]))).toEqual([rows.flat()])
  })

  it("keeps wrapped lines in the row whose header they follow", () => {
    const rows = [
      ["Time", "Monday", "Tuesday"],
      ["9:00", "Physical", "Art"],
      ["", "Education", ""],
      ["10:00", "Maths", "Music"]
    ]
    const words = rows.flatMap((row, r) =>
      row.flatMap((text, c) => (text === "" ? [] : wordsAt(text, [40, 300, 700][c]!, [100, 180, 206, 290][r]!)))
    )
    expect(textsOf(words)).toEqual([
      ["Time", "Monday", "Tuesday", "9:00", "Physical Education", "Art", "10:00", "Maths", "Music"]
    ])
  })

  it("keeps rows together whose headers stand half-way beside two lines", () => {
    const columns = [300, 500, 700]
    const row = (at: number) => [
      ...columns.flatMap((x) => wordsAt("Art", x, at)),
      ...wordsAt(`${at}`, 40, at + 14),
      ...columns.flatMap((x) => wordsAt("Tanaka", x, at + 28))
    ]
    const words = [100, 185, 270, 355].flatMap(row)
    expect(textsOf(words)).toHaveLength(1)
    expect(textsOf(words)[0]).toContain("270")
  })

  it("cuts a text that goes on in the next column after little more than a space", () => {
    const rows = [
      ["Time", "Monday", "Tuesday"],
      ["9:00", "Maths", "Art"],
      ["10:00", "Physical Education", "Media Studies"],
      ["11:00", "Music", "Maths"]
    ]
    // 180 pixels of text leave 16 of the column, where a space has 10.
    expect(textsOf(laidOut(rows, [40, 300, 496]))).toEqual([rows.flat()])
  })

  it("makes a text over several columns one cell", () => {
    const rows = [
      ["Time", "Monday", "Tuesday"],
      ["9:00", "Maths", "Art"],
      ["10:00", "whole school assembly in the big hall", ""],
      ["11:00", "Music", "Maths"]
    ]
    const [table] = alignedTables({ pageNumber: 1, words: laidOut(rows, [40, 300, 520]) })
    expect(table?.cells.filter(({ columnSpan }) => columnSpan === 2).map(({ rowIndex }) => rowIndex)).toEqual([2])
  })

  it("sees no table in running text", () => {
    const words = wordsAt("The school opens its gates at eight.\nLunch is served in the hall.", 40, 40)
    expect(alignedTables({ pageNumber: 1, words })).toEqual([])
  })
})
