import { describe, expect, it } from "vitest"
import type { Word } from "../../src/document/Page.ts"
import { withoutDecorations } from "../../src/image/decorations.ts"

const read = (text: string, confidence = 0.95, x = 0): Word => ({
  text,
  box: { x, y: 0, width: 10 * text.length, height: 20 },
  rotation: 0,
  confidence,
  source: "ocr",
  engine: "none",
  style: null
})

const kept = (...lines: ReadonlyArray<ReadonlyArray<Word>>): ReadonlyArray<string> =>
  withoutDecorations(lines).map(({ text }) => text)

describe("withoutDecorations", () => {
  it("drops an icon that was read as a short word beside a name", () => {
    expect(kept([read("Science")], [read("oe", 0.4)])).toEqual(["Science"])
    expect(kept([read("©®", 0.8)], [read("Science")])).toEqual(["Science"])
    expect(kept([read("Wlgs", 0.2, 200)], [read("Science")])).toEqual(["Science"])
  })

  it("keeps what stands above or below a name, however hard it was to read", () => {
    expect(kept([read("Germ", 0.2)], [read("Petrov")])).toEqual(["Germ", "Petrov"])
  })

  it("drops signs at both ends of a line that were hardly read, not those inside", () => {
    expect(kept([read("|", 0.5), read("Arts"), read("&", 0.6), read("Crafts"), read("»", 0.3)])).toEqual([
      "Arts",
      "&",
      "Crafts"
    ])
  })

  it("keeps times and the dash between them on lines of their own", () => {
    const lines = [[read("9:00", 0.5)], [read("-", 0.3)], [read("9:45", 0.5)], [read("Reading")]]
    expect(kept(...lines)).toEqual(["9:00", "-", "9:45", "Reading"])
  })

  it("keeps short names that were read well", () => {
    expect(kept([read("Lesson")], [read("PE")])).toEqual(["Lesson", "PE"])
    expect(kept([read("PE", 0.9)])).toEqual(["PE"])
  })

  it("drops what is short and unsure where the cell says nothing else", () => {
    expect(kept([read("-", 0.5)])).toEqual([])
    expect(kept([read("x", 0.3)], [read("ii", 0.4)])).toEqual([])
  })

  it("keeps unsure words where no sure name tells them from marks", () => {
    expect(kept([read("Art", 0.4)], [read("oe", 0.4)])).toEqual(["Art", "oe"])
  })

  it("gives nothing for nothing", () => {
    expect(kept()).toEqual([])
    expect(kept([])).toEqual([])
  })
})
