import fc from "fast-check"
import type { Span } from "../../src/table/drawnTables.ts"
import type { Table } from "../../src/table/Table.ts"
import { paint, type Raster, randomFrom, raster, word } from "./raster.ts"

/** A table to draw: cells that tile it, and its sizes in pixels. */
export interface MadeGrid {
  readonly spans: ReadonlyArray<Span>
  readonly columnWidths: ReadonlyArray<number>
  readonly rowHeights: ReadonlyArray<number>
  readonly thickness: number
}

const margin = 60
const letterHeight = 14

/** The places of the borders, the first one `start`. */
const edges = (sizes: ReadonlyArray<number>, start: number): ReadonlyArray<number> => {
  const places = [start]
  for (const size of sizes) places.push(places.at(-1)! + size)
  return places
}

/** Tiles a grid: blocks are joined in the order given where they fit and nothing is joined yet. */
const tiled = (rows: number, columns: number, blocks: ReadonlyArray<Span>): ReadonlyArray<Span> => {
  const taken = new Set<string>()
  const placesOf = ({ rowIndex, columnIndex, rowSpan, columnSpan }: Span) =>
    Array.from({ length: rowSpan * columnSpan }, (_, i) => {
      return `${rowIndex + Math.floor(i / columnSpan)} ${columnIndex + (i % columnSpan)}`
    })
  const singles = Array.from({ length: rows * columns }, (_, i): Span => {
    return { rowIndex: Math.floor(i / columns), columnIndex: i % columns, rowSpan: 1, columnSpan: 1 }
  })
  return [...blocks, ...singles].flatMap((span) => {
    const fits = span.rowIndex + span.rowSpan <= rows && span.columnIndex + span.columnSpan <= columns
    const places = placesOf(span)
    if (!fits || places.some((place) => taken.has(place))) return []
    for (const place of places) taken.add(place)
    return [span]
  })
}

const span: fc.Arbitrary<Span> = fc.record({
  rowIndex: fc.nat(5),
  columnIndex: fc.nat(5),
  rowSpan: fc.integer({ min: 1, max: 3 }),
  columnSpan: fc.integer({ min: 1, max: 3 })
})

/** On grainy pages, a table of fewer cells is searched for again along smoothed lines. */
const leastCells = 12

/** Grids of four to six rows and columns, some of their cells joined. */
export const madeGrid: fc.Arbitrary<MadeGrid> = fc
  .record({ rows: fc.integer({ min: 4, max: 6 }), columns: fc.integer({ min: 4, max: 6 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      spans: fc.array(span, { maxLength: 4 }).map((blocks) => tiled(rows, columns, blocks)),
      columnWidths: fc.array(fc.integer({ min: 90, max: 150 }), { minLength: columns, maxLength: columns }),
      rowHeights: fc.array(fc.integer({ min: 40, max: 90 }), { minLength: rows, maxLength: rows }),
      thickness: fc.integer({ min: 1, max: 3 })
    })
  )
  .filter(({ spans }) => spans.length >= leastCells)

/** Draws the borders of all cells and a word in each. */
export const drawnGrid = ({ spans, columnWidths, rowHeights, thickness }: MadeGrid): Raster => {
  const [xs, ys] = [edges(columnWidths, margin), edges(rowHeights, margin)]
  const image = raster(xs.at(-1)! + margin, ys.at(-1)! + margin)
  const random = randomFrom(1)
  for (const { rowIndex, columnIndex, rowSpan, columnSpan } of spans) {
    const [x, y] = [xs[columnIndex]!, ys[rowIndex]!]
    const [width, height] = [xs[columnIndex + columnSpan]! - x, ys[rowIndex + rowSpan]! - y]
    paint(image, { x, y, width: width + thickness, height: thickness }, 0)
    paint(image, { x, y: y + height, width: width + thickness, height: thickness }, 0)
    paint(image, { x, y, width: thickness, height: height + thickness }, 0)
    paint(image, { x: x + width, y, width: thickness, height: height + thickness }, 0)
    // Words begin anywhere: letters that stand exactly below each other would be dotted lines.
    word(image, x + 10 + Math.floor(random() * 30), y + 12, 2 + Math.floor(random() * 3), letterHeight)
  }
  return image
}

/** Cells of a grid, whose rows and columns no border parts counted as one. */
const shapeOf = (spans: ReadonlyArray<Span>): ReadonlyArray<string> => {
  const rows = [...new Set(spans.flatMap(({ rowIndex, rowSpan }) => [rowIndex, rowIndex + rowSpan]))]
  const columns = [...new Set(spans.flatMap(({ columnIndex, columnSpan }) => [columnIndex, columnIndex + columnSpan]))]
  const [row, column] = [rows, columns].map((used) => {
    const sorted = used.toSorted((a, b) => a - b)
    return (at: number) => sorted.indexOf(at)
  })
  return spans
    .map(({ rowIndex, columnIndex, rowSpan, columnSpan }) => {
      const [top, left] = [row!(rowIndex), column!(columnIndex)]
      const [height, width] = [row!(rowIndex + rowSpan) - top, column!(columnIndex + columnSpan) - left]
      return `${top},${left} ${height}×${width}`
    })
    .toSorted()
}

/** The shape that a drawn grid should be read as. */
export const shapeDrawn = ({ spans }: MadeGrid): ReadonlyArray<string> => shapeOf(spans)

/** The shape of each table that was found. */
export const shapesFound = (tables: ReadonlyArray<Table>): ReadonlyArray<ReadonlyArray<string>> =>
  tables.map(({ cells }) => shapeOf(cells))
