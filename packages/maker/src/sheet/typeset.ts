import type { DrawnFill, DrawnPage, DrawnRule, DrawnText } from "./Drawing.ts"
import { type FontFamily, openFont, textWidth } from "./fonts.ts"
import type { Block, Cell, Line, Paragraph, Run, Sheet, Table } from "./Sheet.ts"
import { type WrappedLine, wrapLines } from "./wrap.ts"

const lineHeight = 1.22
/** Share of the line's height that stands above the baseline. */
const baselineShare = 0.78
const smallestScale = 0.35

interface Canvas {
  readonly family: FontFamily
  readonly fills: Array<DrawnFill>
  readonly rules: Array<DrawnRule>
  readonly texts: Array<DrawnText>
}

const scaled = (lines: ReadonlyArray<Line>, scale: number): Array<Line> =>
  lines.map((line) => line.map((run) => ({ ...run, size: run.size * scale })))

const sizeOf = (line: WrappedLine): number => Math.max(...line.runs.map((run) => run.size))
const heightOf = (lines: ReadonlyArray<WrappedLine>): number =>
  lines.reduce((height, line) => height + sizeOf(line) * lineHeight, 0)

/** Wraps to a width and, where a word or the whole does not fit, sets it smaller until it does. */
const fit = (
  family: FontFamily,
  lines: ReadonlyArray<Line>,
  width: number,
  height: number,
  scale: number,
  breaksWords: Table["breaksWords"]
) => {
  for (let size = scale; ; size *= 0.94) {
    const wrapped = wrapLines(family, scaled(lines, size), width, breaksWords)
    if ((wrapped.fits && heightOf(wrapped.lines) <= height) || size < scale * smallestScale) return wrapped.lines
  }
}

const drawRuns = (
  canvas: Canvas,
  runs: ReadonlyArray<Run>,
  place: (advance: number) => { x: number; y: number },
  rotation: 0 | 90 | 270
) => {
  let advance = 0
  for (const run of runs) {
    const font = openFont(canvas.family, run.bold ?? false)
    const { x, y } = place(advance)
    if (run.text.trim() !== "") {
      canvas.texts.push({
        text: run.text,
        x,
        y,
        size: run.size,
        bold: run.bold ?? false,
        color: run.color ?? "#000000",
        rotation
      })
    }
    advance += textWidth(font, run.text, run.size)
  }
}

const offsetIn = (align: "left" | "center" | "right", room: number): number =>
  align === "left" ? 0 : align === "center" ? room / 2 : room

const drawParagraph = (
  canvas: Canvas,
  paragraph: Paragraph,
  x: number,
  y: number,
  width: number,
  scale: number
): number => {
  let top = y
  for (const line of wrapLines(canvas.family, scaled(paragraph.lines, scale), width).lines) {
    const size = sizeOf(line)
    const left = x + offsetIn(paragraph.align, width - line.width)
    const baseline = top + size * lineHeight * baselineShare
    drawRuns(canvas, line.runs, (advance) => ({ x: left + advance, y: baseline }), 0)
    top += size * lineHeight
  }
  return top + paragraph.spaceAfter * scale
}

const edgesOf = (start: number, lengths: ReadonlyArray<number>): Array<number> => {
  const edges = [start]
  for (const length of lengths) edges.push(edges.at(-1)! + length)
  return edges
}

const columnEdgesOf = (table: Table, x: number, width: number): Array<number> => {
  const total = table.columnWidths.reduce((sum, share) => sum + share, 0)
  return edgesOf(
    x,
    table.columnWidths.map((share) => (share / total) * width)
  )
}

/** Rows as high as their least height and as their level cells need. */
const rowEdgesOf = (
  canvas: Canvas,
  table: Table,
  columns: ReadonlyArray<number>,
  y: number,
  scale: number
): Array<number> => {
  const heights = table.rowHeights.map((height) => height * scale)
  const bySpan = [...table.cells].sort((one, other) => one.rowSpan - other.rowSpan)
  for (const cell of bySpan) {
    if (cell.direction !== "level" || cell.lines.length === 0) continue
    const width = columns[cell.column + cell.columnSpan]! - columns[cell.column]! - 2 * table.padding
    const needed =
      heightOf(fit(canvas.family, cell.lines, width, Number.POSITIVE_INFINITY, scale, table.breaksWords)) +
      2 * table.padding
    const spanned = heights.slice(cell.row, cell.row + cell.rowSpan).reduce((sum, height) => sum + height, 0)
    if (needed > spanned) heights[cell.row + cell.rowSpan - 1]! += needed - spanned
  }
  return edgesOf(y, heights)
}

const drawCell = (
  canvas: Canvas,
  table: Table,
  cell: Cell,
  columns: ReadonlyArray<number>,
  rows: ReadonlyArray<number>,
  scale: number
) => {
  const left = columns[cell.column]!
  const top = rows[cell.row]!
  const width = columns[cell.column + cell.columnSpan]! - left
  const height = rows[cell.row + cell.rowSpan]! - top
  if (cell.fill) canvas.fills.push({ x: left, y: top, width, height, color: cell.fill })
  if (table.border && cell.bordered) {
    const right = left + width
    const bottom = top + height
    const edge = (x1: number, y1: number, x2: number, y2: number) =>
      canvas.rules.push({ x1, y1, x2, y2, ...table.border! })
    const [isBar, isColumn] = [cell.bordered === "level", cell.bordered === "plumb"]
    if (!isColumn || cell.row === 0) edge(left, top, right, top)
    if (!isColumn || cell.row + cell.rowSpan === rows.length - 1) edge(left, bottom, right, bottom)
    if (!isBar || cell.column === 0) edge(left, top, left, bottom)
    if (!isBar || cell.column + cell.columnSpan === columns.length - 1) edge(right, top, right, bottom)
  }
  const isLevel = cell.direction === "level"
  const along = (isLevel ? width : height) - 2 * table.padding
  const across = (isLevel ? height : width) - 2 * table.padding
  const lines = fit(canvas.family, cell.lines, along, across + 0.01, scale, table.breaksWords)
  let depth = table.padding + (cell.verticalAlign === "top" ? 0 : Math.max(0, (across - heightOf(lines)) / 2))
  for (const line of lines) {
    const size = sizeOf(line)
    const indent = table.padding + offsetIn(cell.align, along - line.width)
    const baseline = depth + size * lineHeight * baselineShare
    if (isLevel) drawRuns(canvas, line.runs, (advance) => ({ x: left + indent + advance, y: top + baseline }), 0)
    else if (cell.direction === "down") {
      drawRuns(canvas, line.runs, (advance) => ({ x: left + width - baseline, y: top + indent + advance }), 90)
    } else {
      drawRuns(canvas, line.runs, (advance) => ({ x: left + baseline, y: top + height - indent - advance }), 270)
    }
    depth += size * lineHeight
  }
}

const drawTable = (canvas: Canvas, unscaled: Table, x: number, y: number, width: number, scale: number): number => {
  const table = { ...unscaled, padding: unscaled.padding * scale }
  const columns = columnEdgesOf(table, x, width)
  const rows = rowEdgesOf(canvas, table, columns, y, scale)
  for (const cell of table.cells) drawCell(canvas, table, cell, columns, rows, scale)
  return rows.at(-1)! + table.spaceAfter * scale
}

const drawBlocks = (sheet: Sheet, blocks: ReadonlyArray<Block>, family: FontFamily, scale: number): DrawnPage => {
  const canvas: Canvas = { family, fills: [], rules: [], texts: [] }
  const width = sheet.widthPt - 2 * sheet.marginPt
  let y = sheet.marginPt
  for (const block of blocks) {
    y =
      block.kind === "table"
        ? drawTable(canvas, block, sheet.marginPt, y, width, scale)
        : drawParagraph(canvas, block, sheet.marginPt, y, width, scale)
  }
  const { fills, rules, texts } = canvas
  return {
    widthPt: sheet.widthPt,
    heightPt: sheet.heightPt,
    contentHeightPt: y,
    paper: sheet.paper,
    fills,
    rules,
    texts
  }
}

/** Puts everything at its place; a page that holds too much is set smaller until it fits. */
export const typeset = (sheet: Sheet, family: FontFamily): Array<DrawnPage> =>
  sheet.pages.map((blocks) => {
    for (let scale = 1; ; scale *= 0.93) {
      const page = drawBlocks(sheet, blocks, family, scale)
      if (page.contentHeightPt <= sheet.heightPt - sheet.marginPt || scale < smallestScale) return page
    }
  })
