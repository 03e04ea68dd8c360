import type { Block, CellContent, Paragraph, TableBlock } from "../content/Block.ts"
import { paragraphsWithin } from "../content/blocksWithin.ts"
import type { PlacedCell } from "../content/resolveGrid.ts"
import { layoutLine, type NaturalLine } from "./layoutLine.ts"

/** Room that a cell keeps around its text, in pixels. */
export const cellPadding = { x: 5, y: 2 }

/** Below every table, so that tables that follow one another stay apart. */
export const gapAfterTable = 8

/** The lines of a paragraph, each as wide as its text. */
export const linesOf = ({ fontSizePx, format, lines }: Paragraph): ReadonlyArray<NaturalLine> =>
  lines.map((line) => layoutLine(line, fontSizePx, format.tabStopsPx))

const sum = (numbers: Iterable<number>): number => {
  let total = 0
  for (const number of numbers) total += number
  return total
}

/** How high blocks are below one another; as nothing wraps, their width does not matter. */
const heightOf = (blocks: ReadonlyArray<Block>): number =>
  sum(
    blocks.map((block) => {
      if (block.kind === "picture") return block.heightPx
      if (block.kind === "table") return sum(rowHeightsOf(block)) + gapAfterTable
      return sum(linesOf(block).map(({ heightPx }) => heightPx))
    })
  )

/** The height that a cell's content wants: turned text as long as its longest line. */
const cellHeight = ({ content }: PlacedCell<CellContent>): number => {
  if (content === null) return 0
  if (content.rotation === 0) return heightOf(content.blocks) + 2 * cellPadding.y
  const lengths = paragraphsWithin(content.blocks).flatMap((paragraph) =>
    linesOf(paragraph).map(({ widthPx }) => widthPx)
  )
  return lengths.reduce((longest, length) => Math.max(longest, length), 0) + 2 * cellPadding.y
}

/** The rows' heights: at least what is stated, enough for every cell; what a tall cell lacks goes to its last row. */
export const rowHeightsOf = ({ grid, leastRowHeightsPx }: TableBlock): ReadonlyArray<number> => {
  const heights = leastRowHeightsPx.map((least) => Math.max(least, 1))
  const byLastRow = grid.cells.toSorted((first, second) => first.rowSpan - second.rowSpan)
  for (const cell of byLastRow) {
    const lastRow = cell.rowIndex + cell.rowSpan - 1
    const present = sum(heights.slice(cell.rowIndex, lastRow + 1))
    heights[lastRow]! += Math.max(0, cellHeight(cell) - present)
  }
  return heights
}
