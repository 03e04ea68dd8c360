/** A cell as its row states it. */
export interface StatedCell<Content> {
  /** Columns of the grid that it says it covers. */
  readonly span: number
  /** Its preferred width in twips, or null where it has none. */
  readonly width: number | null
  /** Whether it begins or goes on with a cell that reaches over several rows. */
  readonly verticalMerge: "none" | "restart" | "continue"
  readonly content: Content
}

/** A row as the document states it: grid columns left free before and after its cells. */
export interface StatedRow<Content> {
  readonly columnsBefore: number
  /** Width of the free columns before the cells, in twips; null where it is not stated. */
  readonly widthBefore: number | null
  readonly cells: ReadonlyArray<StatedCell<Content>>
  readonly columnsAfter: number
}

/** A cell in the atomic rows and columns of its table; null content: a gap in the row that no cell covers. */
export interface PlacedCell<Content> {
  readonly rowIndex: number
  readonly columnIndex: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly content: Content | null
}

/** Cells that tile a grid: every slot belongs to exactly one. */
export interface ResolvedGrid<Content> {
  /** In twips, all above 0. */
  readonly columnWidths: ReadonlyArray<number>
  readonly rowCount: number
  /** In order of row, then column. */
  readonly cells: ReadonlyArray<PlacedCell<Content>>
}

interface Edge {
  readonly x: number
  readonly row: number
  readonly index: number
}

/** Borders closer than this, about 2 mm, are one: dragging borders by hand leaves such slivers. In twips. */
const widestSliver = 120
/** A grid is even if this share of its columns is as wide as the middle one, within a tenth. */
const evenShare = 0.8
/** Of a column whose width nothing states, in twips: one inch. */
const defaultWidth = 1440
const narrowestColumn = 15

const totalSpan = (row: StatedRow<unknown>): number =>
  row.cells.reduce((sum, { span }) => sum + span, row.columnsBefore + row.columnsAfter)

/** The x of every border of a row's cells, from the left, in twips. */
const borderPositions = (
  row: StatedRow<unknown>,
  gridEdges: ReadonlyArray<number>,
  isGridComplete: boolean
): ReadonlyArray<number> => {
  const gridColumns = gridEdges.length - 1
  const edgeAt = (column: number) => gridEdges[column] ?? gridEdges.at(-1)! + (column - gridColumns) * defaultWidth
  const fitsGrid = isGridComplete && totalSpan(row) === gridColumns
  let column = row.columnsBefore
  let x = fitsGrid ? edgeAt(column) : (row.widthBefore ?? edgeAt(column))
  const positions = [x]
  for (const { span, width } of row.cells) {
    const gridWidth = edgeAt(column + span) - edgeAt(column)
    x += fitsGrid ? gridWidth : (width ?? gridWidth)
    column += span
    positions.push(x)
  }
  return positions
}

/** How far apart borders are that count as one: in a grid evenly ruled, such as a scale of minutes, every column counts. */
const sliverOf = (gridWidths: ReadonlyArray<number>): number => {
  const usual = gridWidths.toSorted((a, b) => a - b)[Math.floor(gridWidths.length / 2)]
  if (usual === undefined) return widestSliver
  const even = gridWidths.filter((width) => Math.abs(width - usual) <= usual / 10)
  return even.length >= evenShare * gridWidths.length ? Math.min(widestSliver, usual / 2) : widestSliver
}

/**
 * Groups the borders of all rows into those of the table. Two borders of one row never fall together, so that every
 * cell keeps at least one column.
 */
const columnBorders = (rows: ReadonlyArray<ReadonlyArray<number>>, sliver: number) => {
  const edges: Array<Edge> = [{ x: 0, row: -1, index: 0 }]
  for (const [row, positions] of rows.entries()) {
    for (const [index, x] of positions.entries()) edges.push({ x, row, index })
  }
  edges.sort((first, second) => first.x - second.x)
  const borders: Array<number> = []
  const borderOf = rows.map((positions) => new Int32Array(positions.length))
  let members = new Set<number>()
  for (const { index, row, x } of edges) {
    const border = borders.at(-1)
    if (border === undefined || x - border > sliver || members.has(row)) {
      borders.push(x)
      members = new Set()
    }
    members.add(row)
    if (row >= 0) borderOf[row]![index] = borders.length - 1
  }
  return { borders, borderOf }
}

/**
 * Puts the cells of a Word table into one grid. A row whose spans add up to the stated grid is placed by it; any other
 * is placed by its cells' own widths, as Word does, and so are all where the grid has too few columns. A cell that goes
 * on with the one above does so only where both cover the same columns. Gaps become cells without content. A table
 * without columns has no cells.
 */
export const resolveGrid = <Content>(
  gridWidths: ReadonlyArray<number>,
  rows: ReadonlyArray<StatedRow<Content>>
): ResolvedGrid<Content> => {
  const gridEdges = [0]
  for (const width of gridWidths) gridEdges.push(gridEdges.at(-1)! + width)
  const isGridComplete = rows.every((row) => totalSpan(row) <= gridWidths.length)
  const positions = rows.map((row) => borderPositions(row, gridEdges, isGridComplete))
  const { borderOf, borders } = columnBorders(positions, sliverOf(gridWidths))
  const columnCount = borders.length - 1
  const cells: Array<PlacedCell<Content>> = []
  let above = new Map<number, { readonly at: number; readonly merges: boolean }>()
  for (const [rowIndex, row] of rows.entries()) {
    const current: typeof above = new Map()
    const place = (columnIndex: number, end: number, content: Content | null) =>
      cells.push({ rowIndex, columnIndex, rowSpan: 1, columnSpan: end - columnIndex, content }) - 1
    const rowBorders = borderOf[rowIndex]!
    if (columnCount > 0 && rowBorders[0]! > 0) place(0, rowBorders[0]!, null)
    for (const [index, { content, verticalMerge }] of row.cells.entries()) {
      const from = rowBorders[index]!
      const end = rowBorders[index + 1]!
      const upper = above.get(from)
      const upperCell = upper === undefined ? undefined : cells[upper.at]!
      const joins = verticalMerge === "continue" && upper?.merges === true && upperCell?.columnSpan === end - from
      const at = joins ? upper!.at : place(from, end, content)
      if (joins) cells[at] = { ...upperCell!, rowSpan: upperCell!.rowSpan + 1 }
      current.set(from, { at, merges: verticalMerge !== "none" })
    }
    const last = rowBorders.at(-1)!
    if (last < columnCount) place(last, columnCount, null)
    above = current
  }
  cells.sort((first, second) => first.rowIndex - second.rowIndex || first.columnIndex - second.columnIndex)
  return {
    columnWidths: borders.slice(1).map((border, column) => Math.max(narrowestColumn, border - borders[column]!)),
    rowCount: columnCount === 0 ? 0 : rows.length,
    cells
  }
}
