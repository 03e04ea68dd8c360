import type { Page, Rotation, Rule, Word } from "../../src/document/Page.ts"

/** How a cell of a made table is written. */
export interface MadeCell {
  readonly text: string
  readonly rowSpan?: number
  readonly columnSpan?: number
  readonly rotation?: Rotation
  readonly fontSizePx?: number
}

/** A table to draw: `null` where a cell above or to the left covers the place. */
export type MadeRows = ReadonlyArray<ReadonlyArray<string | MadeCell | null>>

const wordOf = (text: string, x: number, y: number, height: number, rotation: Rotation, length: number): Word => ({
  text,
  box: rotation % 180 === 0 ? { x, y, width: length, height } : { x, y, width: height, height: length },
  rotation,
  confidence: 1,
  source: "native",
  engine: "made",
  style: { fontSizePx: height, bold: false, italic: false, color: null }
})

/** Words of lines of text from a top left corner, in a fixed-pitch font. */
export const wordsAt = (text: string, x: number, y: number, fontSizePx = 20, rotation: Rotation = 0): Array<Word> => {
  const advance = fontSizePx * 0.5
  return text.split("\n").flatMap((line, row) => {
    const across = row * fontSizePx * 1.4
    let along = 0
    return line.split(" ").map((word) => {
      const length = word.length * advance
      const [dx, dy] =
        rotation === 0 ? [along, across] : rotation === 270 ? [across, -along - length] : [-across, along]
      along += length + advance
      return wordOf(word, x + dx, y + dy, fontSizePx, rotation, length)
    })
  })
}

const cellOf = (cell: string | MadeCell): MadeCell => (typeof cell === "string" ? { text: cell } : cell)

/** What a page needs beside its words, rules and fills. */
export const blankPage: Page = {
  pageNumber: 1,
  widthPx: 2000,
  heightPx: 1400,
  rotation: 0,
  pointsPerPixel: null,
  words: [],
  rules: [],
  fills: [],
  images: [],
  tables: null,
  toImage: null
}

/** Size of the atomic cells of a drawn table. */
export interface MadeSize {
  readonly columnWidth?: number
  readonly rowHeight?: number
  readonly x?: number
  readonly y?: number
}

/** Words and rules of a ruled table, every cell with its four borders. */
export const drawTable = (
  rows: MadeRows,
  { columnWidth = 200, rowHeight = 90, x: originX = 40, y: originY = 100 }: MadeSize = {}
): Pick<Page, "words" | "rules"> => {
  const words: Array<Word> = []
  const rules: Array<Rule> = []
  rows.forEach((row, rowIndex) => {
    row.forEach((made, columnIndex) => {
      if (made === null) return
      const cell = cellOf(made)
      const [x, y] = [originX + columnIndex * columnWidth, originY + rowIndex * rowHeight]
      const [width, height] = [(cell.columnSpan ?? 1) * columnWidth, (cell.rowSpan ?? 1) * rowHeight]
      for (const position of [y, y + height]) {
        rules.push({ orientation: "horizontal", position, from: x, to: x + width, thickness: 2 })
      }
      for (const position of [x, x + width]) {
        rules.push({ orientation: "vertical", position, from: y, to: y + height, thickness: 2 })
      }
      const start = cell.rotation === 270 ? y + height - 6 : y + 6
      const left = cell.rotation === 90 ? x + width - 40 : x + 6
      if (cell.text !== "") words.push(...wordsAt(cell.text, left, start, cell.fontSizePx, cell.rotation))
    })
  })
  return { words, rules }
}

/** A page with one ruled table and headings above it. */
export const pageWith = (rows: MadeRows, headings = "", size: MadeSize = {}): Page => {
  const { words, rules } = drawTable(rows, size)
  return { ...blankPage, words: [...(headings === "" ? [] : wordsAt(headings, 40, 20)), ...words], rules }
}
