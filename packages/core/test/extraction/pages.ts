import type { BoundingBox, Page, Word } from "../../src/index.ts"

/** A word of 40 × 20 pixels. */
export const word = (text: string, x: number, y: number): Word => ({
  text,
  box: { x, y, width: 40, height: 20 },
  rotation: 0,
  confidence: 1,
  source: "native",
  engine: "test",
  style: null
})

/** A page of 1000 × 1000 pixels. */
export const page = (changed: Partial<Page> = {}): Page => ({
  pageNumber: 1,
  widthPx: 1000,
  heightPx: 1000,
  rotation: 0,
  pointsPerPixel: null,
  words: [],
  rules: [],
  fills: [],
  images: [],
  tables: null,
  toImage: null,
  ...changed
})

/** The whole of {@link page}. */
export const wholePage: BoundingBox = { x: 0, y: 0, width: 1000, height: 1000 }

const days = ["Monday", "Tuesday", "Wednesday"]
const lessons = ["Maths", "Art", "Music", "French"]

/** A page with a drawn week of three days and four lessons each, from nine o'clock on. */
export const drawnWeek = (source: Pick<Word, "source" | "engine"> = { source: "native", engine: "test" }): Page => {
  const [columnWidth, rowHeight] = [200, 60]
  const written = (text: string, column: number, row: number): Word => ({
    ...word(text, 100 + column * columnWidth + 20, 100 + row * rowHeight + 20),
    ...source,
    box: { x: 100 + column * columnWidth + 20, y: 100 + row * rowHeight + 20, width: 12 * text.length, height: 20 }
  })
  const columns = days.length + 1
  const rows = lessons.length + 1
  const line = (orientation: "horizontal" | "vertical", index: number) => ({
    orientation,
    position: 100 + index * (orientation === "vertical" ? columnWidth : rowHeight),
    from: 100,
    to: 100 + (orientation === "vertical" ? rows * rowHeight : columns * columnWidth),
    thickness: 2
  })
  return page({
    words: [
      ...days.map((day, column) => written(day, column + 1, 0)),
      ...lessons.flatMap((lesson, row) => [
        written(`${9 + row}:00-${10 + row}:00`, 0, row + 1),
        ...days.map((_, column) => written(lesson, column + 1, row + 1))
      ])
    ],
    rules: [
      ...Array.from({ length: columns + 1 }, (_, index) => line("vertical", index)),
      ...Array.from({ length: rows + 1 }, (_, index) => line("horizontal", index))
    ]
  })
}
