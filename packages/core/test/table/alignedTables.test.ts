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

  it("keeps the lines of a text in one row where each row has its header beside the middle of them", () => {
    const starts = [100, 220, 340, 460, 580]
    const row = (at: number) => [
      ...[300, 600, 900].flatMap((x) => wordsAt("Art\nTanaka\nR12", x, at, 20)),
      ...wordsAt(`${at}`, 40, at + 28)
    ]
    const words = [...[40, 300, 600, 900].flatMap((x) => wordsAt("Head", x, 40)), ...starts.flatMap(row)]
    expect(textsOf(words)).toEqual([
      [
        ...["Head", "Head", "Head", "Head"],
        ...starts.flatMap((at) => [`${at}`, "Art Tanaka R12", "Art Tanaka R12", "Art Tanaka R12"])
      ]
    ])
  })

  it("keeps a text of several lines whole that stands half-way between two rows", () => {
    const lesson = "Art\nTanaka\nR12"
    const words = [
      ...[40, 300, 600].flatMap((x) => wordsAt("Head", x, 20)),
      ...[128, 248, 368].flatMap((at) => wordsAt(`${at}`, 40, at)),
      ...[100, 220, 340].flatMap((at) => wordsAt(lesson, 300, at)),
      ...wordsAt(lesson, 600, 160),
      ...wordsAt(lesson, 600, 340)
    ]
    const [texts] = textsOf(words)
    expect(texts!.filter((text) => text === "Art Tanaka R12")).toHaveLength(5)
  })

  it("goes on where the headers of rows have nothing beside them for a while", () => {
    const clocks = ["9:00", "9:45", "9:45", "10:30", "10:30", "11:15", "11:15", "12:00"]
    const words = [
      ...[40, 300, 600].flatMap((x) => wordsAt("Head", x, 40)),
      ...clocks.flatMap((clock, i) => wordsAt(clock, 40, 100 + 30 * i)),
      ...wordsAt("Art", 300, 100 + 30 * 7),
      ...wordsAt("PE", 600, 100 + 30 * 7)
    ]
    expect(textsOf(words)).toHaveLength(1)
    expect(textsOf(words)[0]).toContain("Art")
  })

  it("parts two headers of times that hardly leave a gap", () => {
    const words = [
      ...wordsAt("Time 9:00-9:45 9:45-10:30", 40, 100),
      ...["Mon", "Art", "PE"].flatMap((text, c) => wordsAt(text, [40, 120, 260][c]!, 160)),
      ...["Tue", "PE", "Art"].flatMap((text, c) => wordsAt(text, [40, 120, 260][c]!, 220))
    ]
    expect(textsOf(words)).toEqual([["Time", "9:00-9:45", "9:45-10:30", "Mon", "Art", "PE", "Tue", "PE", "Art"]])
  })
})
