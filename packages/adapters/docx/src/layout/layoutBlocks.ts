import type { BoundingBox, Cell, Fill, Table, Word } from "@timegrid/core"
import type { Block, CellContent, Paragraph, TableBlock } from "../content/Block.ts"
import type { PlacedCell } from "../content/resolveGrid.ts"
import { twipsPerPixel } from "../xml/numbers.ts"
import { cellPadding, gapAfterTable, linesOf, rowHeightsOf } from "./heights.ts"
import { layoutTurned } from "./layoutTurned.ts"
import { nativeWord } from "./nativeWord.ts"

/** What the page gathers while it is laid out, in reading order. */
export interface PageContent {
  readonly words: Array<Word>
  readonly tables: Array<Table>
  readonly fills: Array<Fill>
}

/** Where blocks flow downwards. */
export interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  /** Tables inside tables are counted apart only from two rows and columns on. */
  readonly isCell: boolean
}

/** The bottom of what was laid out, and the words that belong to whatever holds it. */
interface Flowed {
  readonly bottom: number
  readonly words: ReadonlyArray<Word>
}

const layoutParagraph = (paragraph: Paragraph, frame: Frame, page: PageContent): Flowed => {
  const indent = Math.min(paragraph.format.indentPx ?? 0, frame.width / 2)
  const room = frame.width - indent
  const words: Array<Word> = []
  let y = frame.y
  for (const line of linesOf(paragraph)) {
    const squeeze = Math.min(1, room / Math.max(line.widthPx, 1))
    const spare = room - line.widthPx * squeeze
    const alignment = paragraph.format.alignment ?? "left"
    const x = frame.x + indent + (alignment === "left" ? 0 : alignment === "center" ? spare / 2 : spare)
    for (const { offsetPx, style, text, widthPx } of line.words) {
      const height = style.fontSizePx
      const box = { x: x + offsetPx * squeeze, y: y + (line.heightPx - height) / 2, width: widthPx * squeeze, height }
      words.push(nativeWord(text, style, box, 0))
    }
    y += line.heightPx
  }
  page.words.push(...words)
  return { bottom: y, words }
}

const edgesFrom = (start: number, sizes: ReadonlyArray<number>): ReadonlyArray<number> => {
  const edges = [start]
  for (const size of sizes) edges.push(edges.at(-1)! + size)
  return edges
}

const layoutCell = (content: CellContent | null, box: BoundingBox, page: PageContent): ReadonlyArray<Word> => {
  if (content === null) return []
  if (content.fill !== null) page.fills.push({ box, color: content.fill })
  if (content.rotation !== 0) {
    const words = layoutTurned(content.blocks, content.rotation, box)
    page.words.push(...words)
    return words
  }
  const padding = Math.min(cellPadding.x, box.width / 4)
  const frame = { x: box.x + padding, y: box.y + cellPadding.y, width: box.width - 2 * padding, isCell: true }
  return layoutBlocks(content.blocks, frame, page).words
}

const isTableOfItsOwn = (cells: ReadonlyArray<Cell>, table: TableBlock, frame: Frame, holdsTables: boolean) => {
  const isLayoutOnly = holdsTables && cells.every(({ words }) => words.length === 0)
  return !isLayoutOnly && (!frame.isCell || (table.grid.rowCount >= 2 && table.grid.columnWidths.length >= 2))
}

const layoutTable = (table: TableBlock, frame: Frame, page: PageContent): Flowed => {
  const { grid } = table
  if (grid.cells.length === 0) return { bottom: frame.y, words: [] }
  const indent = Math.min(table.indentPx, frame.width / 2)
  const natural = grid.columnWidths.reduce((sum, width) => sum + width, 0) / twipsPerPixel
  const squeeze = Math.min(1, (frame.width - indent) / natural) / twipsPerPixel
  const columnEdges = edgesFrom(
    frame.x + indent,
    grid.columnWidths.map((width) => width * squeeze)
  )
  const rowEdges = edgesFrom(frame.y, rowHeightsOf(table))
  const boxOf = ({ columnIndex, columnSpan, rowIndex, rowSpan }: Omit<PlacedCell<unknown>, "content">): BoundingBox => {
    const x = columnEdges[columnIndex]!
    const y = rowEdges[rowIndex]!
    return { x, y, width: columnEdges[columnIndex + columnSpan]! - x, height: rowEdges[rowIndex + rowSpan]! - y }
  }
  const tablesBefore = page.tables.length
  const cells = grid.cells.map(({ content, ...place }): Cell => {
    const box = boxOf(place)
    return { ...place, box, words: layoutCell(content, box, page), fill: content?.fill ?? null }
  })
  const bottom = rowEdges.at(-1)!
  const isOwn = isTableOfItsOwn(cells, table, frame, page.tables.length > tablesBefore)
  if (isOwn) {
    const box = boxOf({ columnIndex: 0, columnSpan: grid.columnWidths.length, rowIndex: 0, rowSpan: grid.rowCount })
    page.tables.splice(tablesBefore, 0, { pageNumber: 1, box, columnEdges, rowEdges, cells, origin: "native" })
  }
  return { bottom: bottom + gapAfterTable, words: isOwn ? [] : cells.flatMap(({ words }) => words) }
}

/**
 * Lays blocks out below one another: one line for each line of a paragraph, squeezed where it is wider than the frame.
 * A table inside a cell is a table of its own from two rows and columns on, else its words belong to the cell; a table
 * without words of its own around other tables only places them and is not reported.
 */
export const layoutBlocks = (blocks: ReadonlyArray<Block>, frame: Frame, page: PageContent): Flowed => {
  const words: Array<Word> = []
  let y = frame.y
  for (const block of blocks) {
    const place = { ...frame, y }
    const flowed =
      block.kind === "table"
        ? layoutTable(block, place, page)
        : block.kind === "picture"
          ? { bottom: y + block.heightPx, words: [] }
          : layoutParagraph(block, place, page)
    words.push(...flowed.words)
    y = flowed.bottom
  }
  return { bottom: y, words }
}
