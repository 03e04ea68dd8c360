import type { BoundingBox } from "../document/Page.ts"
import { contains, middleX, middleY } from "../table/geometry.ts"
import { looseLines } from "./looseWriting.ts"
import type { PageLayout } from "./pageLayout.ts"
import { linesIn, type WritingLine } from "./writing.ts"

/** Borders are left out of a cell by this share of the text height. */
const inset = 0.14

/** The writing of each cell, and last that outside of all cells. */
export const writingOf = ({ gray, tables, textHeight }: PageLayout): ReadonlyArray<ReadonlyArray<WritingLine>> => {
  const margin = Math.max(2, inset * textHeight)
  const cells = tables.flatMap((table) =>
    table.cells.flatMap(({ box }) => (tables.some((other) => other !== table && holds(box, other.box)) ? [] : [box]))
  )
  const inCells = cells.map(({ x, y, width, height }) =>
    linesIn(gray, { x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin }, textHeight)
  )
  return [...inCells, looseLines(gray, cells, textHeight)]
}

/** Whether a cell is but the frame of a table inside it. */
const holds = (cell: BoundingBox, table: BoundingBox): boolean =>
  contains(cell, middleX(table), middleY(table)) && table.width <= cell.width && table.height <= cell.height
