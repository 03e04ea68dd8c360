import type { BoundingBox } from "../document/Page.ts"
import { contains, middleX, middleY } from "../table/geometry.ts"
import { cellInterior } from "./cellInterior.ts"
import { looseLines } from "./looseWriting.ts"
import type { PageLayout } from "./pageLayout.ts"
import { linesIn, type WritingLine } from "./writing.ts"

/** The writing of each cell, and last that outside of all cells. */
export const writingOf = ({ gray, tables, textHeight }: PageLayout): ReadonlyArray<ReadonlyArray<WritingLine>> => {
  const cells = tables.flatMap((table) =>
    table.cells.flatMap(({ box }) => (tables.some((other) => other !== table && holds(box, other.box)) ? [] : [box]))
  )
  const inCells = cells.map((cell) => linesIn(gray, cell, textHeight, cellInterior(gray, cell, textHeight)))
  return [...inCells, looseLines(gray, cells, textHeight)]
}

/** Whether a cell is but the frame of a table inside it. */
const holds = (cell: BoundingBox, table: BoundingBox): boolean =>
  contains(cell, middleX(table), middleY(table)) && table.width <= cell.width && table.height <= cell.height
