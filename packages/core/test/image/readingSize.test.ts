import { describe, expect, it } from "vitest"
import { project } from "../../src/image/homography.ts"
import { atReadingSize, inOriginalPixels } from "../../src/image/readingSize.ts"
import { type Raster, raster, word } from "./raster.ts"

const writtenOn = (image: Raster, letterHeight: number): Raster => {
  for (let y = letterHeight; y + 2 * letterHeight < image.heightPx; y += 3 * letterHeight) {
    for (let x = letterHeight; x + 5 * letterHeight < image.widthPx; x += 6 * letterHeight) {
      word(image, x, y, 4, letterHeight)
    }
  }
  return image
}

describe("atReadingSize", () => {
  it("leaves a page alone whose letters are large enough", () => {
    const image = writtenOn(raster(1200, 800), 16)
    expect(atReadingSize(image)).toEqual({ image, scale: 1 })
  })

  it("enlarges a page of small letters by a whole factor", () => {
    const { image, scale } = atReadingSize(writtenOn(raster(500, 300), 7))
    expect(scale).toBe(2)
    expect([image.widthPx, image.heightPx]).toEqual([1000, 600])
  })

  it("does not enlarge a page of many pixels, whatever its letters", () => {
    expect(atReadingSize(writtenOn(raster(2000, 1400), 7)).scale).toBe(1)
  })

  it("halves the photograph of a large sensor", () => {
    const { image, scale } = atReadingSize(raster(4200, 3000))
    expect(scale).toBe(0.5)
    expect([image.widthPx, image.heightPx]).toEqual([2100, 1500])
  })
})

describe("inOriginalPixels", () => {
  const box = { x: 20, y: 30, width: 40, height: 10 }
  const word = {
    text: "Art",
    box,
    rotation: 0 as const,
    confidence: 1,
    source: "ocr" as const,
    engine: "none",
    style: { fontSizePx: 8, bold: false, italic: false, color: null }
  }
  const cell = { rowIndex: 0, columnIndex: 0, rowSpan: 1, columnSpan: 1, box, words: [word], fill: null }
  const table = {
    pageNumber: 1,
    box,
    columnEdges: [20, 60],
    rowEdges: [30, 40],
    cells: [cell],
    origin: "drawn" as const
  }
  const rule = { orientation: "horizontal" as const, position: 30, from: 20, to: 60, thickness: 2 }

  it("brings words, rules and tables back to the size of the page", () => {
    const found = inOriginalPixels({ words: [word], rules: [rule], tables: [table], toImage: null }, 2)
    expect(found.words[0]!.box).toEqual({ x: 10, y: 15, width: 20, height: 5 })
    expect(found.words[0]!.style!.fontSizePx).toBe(4)
    expect(found.rules[0]).toEqual({ orientation: "horizontal", position: 15, from: 10, to: 30, thickness: 1 })
    expect(found.tables[0]).toMatchObject({ columnEdges: [10, 30], rowEdges: [15, 20], box: found.words[0]!.box })
  })

  it("keeps the words of a cell the same objects as those of the page", () => {
    const found = inOriginalPixels({ words: [word], rules: [], tables: [table], toImage: null }, 2)
    expect(found.tables[0]!.cells[0]!.words[0]).toBe(found.words[0])
  })

  it("gives the map to the image in the original's pixels too", () => {
    const toImage = [1.01, 0.02, 6, -0.03, 0.98, 9, 0.00001, 0.00002, 1]
    const found = inOriginalPixels({ words: [], rules: [], tables: [], toImage }, 2)
    const [x, y] = project(toImage, [300, 200])
    const [u, v] = project(found.toImage!, [150, 100])
    expect(u).toBeCloseTo(x / 2)
    expect(v).toBeCloseTo(y / 2)
  })
})
