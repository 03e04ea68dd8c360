import type { BoundingBox, Fill, Page, Rule, Word } from "../document/Page.ts"
import { makeDisjointSets } from "./disjointSets.ts"
import { contains, median, middleX, middleY, overlap, sharedArea, sharesHalf, union } from "./geometry.ts"
import { inReadingOrder } from "./readingOrder.ts"
import type { Cell, Table } from "./Table.ts"

/**
 * Borders closer than these shares of the text height are one border: `sameLine`, the segments of one line drawn cell
 * by cell; `merge`, what runs beside each other, such as the two strokes of a double line. Rows are never that thin.
 */
const nearShares = { drawn: { sameLine: 0.2, merge: 0.35 }, measured: { sameLine: 0.5, merge: 0.5 } }
/** A border separates two atomic cells when rules cover at least this share of their common side. */
const borderShare = 0.5
/** Without words, the text height is taken to be this share of the page's width. */
const textShareOfPage = 1 / 100

/** What `drawnTables` looks at of a page. */
export type DrawnPage = Pick<Page, "pageNumber" | "words" | "rules" | "fills" | "widthPx"> & {
  /** Height of the page's writing where it is known; else its words tell, or its width. */
  readonly textHeightPx?: number
  /** Whether the rules were found on an image, so that segments of one line lie some pixels apart. Default false. */
  readonly isMeasured?: boolean
}

/** How near rules must be to be one border, in pixels: always, and where they run beside each other. */
interface Nearness {
  readonly sameLine: number
  readonly merge: number
}

/** Finds the tables that rules draw, cells with their spans, words and shading; outermost first, in reading order. */
export const drawnTables = (page: DrawnPage): ReadonlyArray<Table> => {
  const height = page.textHeightPx ?? textHeight(page.words) ?? page.widthPx * textShareOfPage
  const shares = nearShares[page.isMeasured ? "measured" : "drawn"]
  const near: Nearness = { sameLine: shares.sameLine * height, merge: shares.merge * height }
  const found = withIslands(networks(page.rules, near.merge), near.merge)
  const tables = found.flatMap((rules) => tableOf(rules, near, page) ?? [])
  return shareWords(tables, page.words).toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
}

const textHeight = (words: ReadonlyArray<Word>): number | undefined =>
  median(words.map(({ box, rotation }) => (rotation % 180 === 0 ? box.height : box.width)))

/** Groups rules that touch or cross each other; a group needs two of each direction to hold a cell. */
const networks = (rules: ReadonlyArray<Rule>, merge: number): ReadonlyArray<ReadonlyArray<Rule>> => {
  const horizontal = rules.filter((rule) => rule.orientation === "horizontal")
  const vertical = rules.filter((rule) => rule.orientation === "vertical")
  const all = [...horizontal, ...vertical]
  const sets = makeDisjointSets(all.length)
  horizontal.forEach((h, i) => {
    vertical.forEach((v, j) => {
      const touch =
        v.position >= h.from - merge &&
        v.position <= h.to + merge &&
        h.position >= v.from - merge &&
        h.position <= v.to + merge
      if (touch) sets.join(i, horizontal.length + j)
    })
  })
  const groups = Map.groupBy(all, (_, i) => sets.find(i))
  return [...groups.values()].filter((group) => {
    const across = group.filter((rule) => rule.orientation === "horizontal").length
    return across >= 1 && group.length - across >= 1 && group.length >= 3
  })
}

interface Network {
  readonly rules: Array<Rule>
  readonly box: BoundingBox
}

/**
 * Gives a table the cells that stand apart within it, in line with its rows or columns: what follows a pause on a
 * calendar touches none of its other cells.
 */
const withIslands = (groups: ReadonlyArray<ReadonlyArray<Rule>>, merge: number): ReadonlyArray<ReadonlyArray<Rule>> => {
  const tables: Array<Network> = []
  const byArea = groups
    .map((rules): Network => ({ rules: [...rules], box: union(rules.map(boxOfRule)) }))
    .toSorted((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
  for (const group of byArea) {
    const { x, y, width, height } = group.box
    const around = tables.find(
      ({ box, rules }) =>
        contains(box, x, y) && contains(box, x + width, y + height) && isInLine(group.rules, rules, merge)
    )
    if (around) around.rules.push(...group.rules)
    else tables.push(group)
  }
  return tables.map(({ rules }) => rules)
}

const boxOfRule = ({ from, orientation, position, to }: Rule): BoundingBox =>
  orientation === "horizontal"
    ? { x: from, y: position, width: to - from, height: 0 }
    : { x: position, y: from, width: 0, height: to - from }

/** Whether the borders of one direction all continue borders of a table. */
const isInLine = (rules: ReadonlyArray<Rule>, table: ReadonlyArray<Rule>, merge: number): boolean =>
  (["horizontal", "vertical"] as const).some((orientation) => {
    const borders = table.filter((rule) => rule.orientation === orientation).map(({ position }) => position)
    return rules
      .filter((rule) => rule.orientation === orientation)
      .every(({ position }) => borders.some((border) => Math.abs(border - position) <= merge))
  })

interface Edges {
  readonly positions: ReadonlyArray<number>
  /** For each edge, the stretches that rules cover, as pairs of from and to. */
  readonly covered: ReadonlyArray<ReadonlyArray<readonly [number, number]>>
}

/** Clusters parallel rules into edges. Open sides of a table, where only the crossing rules end, become edges too. */
const edgesOf = (rules: ReadonlyArray<Rule>, crossing: ReadonlyArray<Rule>, near: Nearness): Edges => {
  const edges = bordersOf(rules, near).map((cluster) => ({
    position: weightedMean(cluster),
    covered: cluster.map(({ from, to }) => [from, to] as const)
  }))
  const [begin, end] = reach(crossing)
  // An open side is a column or row of its own only when it can hold text.
  const open = 2 * near.merge
  const first = edges[0]?.position ?? Infinity
  const last = edges.at(-1)?.position ?? -Infinity
  if (first - begin > open) edges.unshift({ position: begin, covered: [] })
  if (end - last > open) edges.push({ position: end, covered: [] })
  return { positions: edges.map(({ position }) => position), covered: edges.map(({ covered }) => covered) }
}

/** The rules of each border, in the order of the borders. */
const bordersOf = (rules: ReadonlyArray<Rule>, { merge, sameLine }: Nearness): ReadonlyArray<ReadonlyArray<Rule>> => {
  const borders: Array<Array<Rule>> = []
  for (const rule of rules.toSorted((a, b) => a.position - b.position)) {
    // Measured from its first rule: else borders a little apart in each column would draw all of them together.
    const distance = ([first]: ReadonlyArray<Rule>): number => rule.position - first!.position
    const open = borders.slice(borders.findLastIndex((border) => distance(border) > merge) + 1)
    const border = open.find((one) => distance(one) <= sameLine || one.some((other) => runsBeside(rule, other)))
    if (border) border.push(rule)
    else borders.push([rule])
  }
  return borders
}

const runsBeside = (rule: Rule, other: Rule): boolean => sharesHalf(rule.from, rule.to, other.from, other.to)

const weightedMean = (rules: ReadonlyArray<Rule>): number => {
  let [sum, weight] = [0, 0]
  for (const { position, from, to } of rules) {
    const length = Math.max(1, to - from)
    sum += position * length
    weight += length
  }
  return sum / weight
}

/** Where at least two rules begin and end, so that one stray line does not open a side; one rule stands for itself. */
const reach = (rules: ReadonlyArray<Rule>): readonly [number, number] => {
  const begins = rules.map(({ from }) => from).toSorted((a, b) => a - b)
  const ends = rules.map(({ to }) => to).toSorted((a, b) => b - a)
  const at = Math.min(1, rules.length - 1)
  return [begins[at]!, ends[at]!]
}

const tableOf = (rules: ReadonlyArray<Rule>, near: Nearness, page: DrawnPage): Table | null => {
  const horizontal = rules.filter((rule) => rule.orientation === "horizontal")
  const vertical = rules.filter((rule) => rule.orientation === "vertical")
  const columns = edgesOf(vertical, horizontal, near)
  const rows = edgesOf(horizontal, vertical, near)
  const [columnCount, rowCount] = [columns.positions.length - 1, rows.positions.length - 1]
  if (columnCount < 1 || rowCount < 1 || columnCount * rowCount < 2) return null

  const sets = makeDisjointSets(columnCount * rowCount)
  const separated = (edges: Edges, edge: number, from: number, to: number): boolean => {
    const inset = Math.min(near.merge, (to - from) / 4)
    const length = to - from - 2 * inset
    return coveredLength(edges.covered[edge]!, from + inset, to - inset) >= borderShare * length
  }
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const at = row * columnCount + column
      const [top, bottom] = [rows.positions[row]!, rows.positions[row + 1]!]
      const [left, right] = [columns.positions[column]!, columns.positions[column + 1]!]
      if (column + 1 < columnCount && !separated(columns, column + 1, top, bottom)) sets.join(at, at + 1)
      if (row + 1 < rowCount && !separated(rows, row + 1, left, right)) sets.join(at, at + columnCount)
    }
  }
  const spans = rectangles(sets.find, rowCount, columnCount)
  const cells = spans.map((span): Cell => {
    const box = boxOf(span, columns.positions, rows.positions)
    return { ...span, box, words: [], fill: fillOf(box, page.fills) }
  })
  const [x, y] = [columns.positions[0]!, rows.positions[0]!]
  return {
    pageNumber: page.pageNumber,
    box: { x, y, width: columns.positions.at(-1)! - x, height: rows.positions.at(-1)! - y },
    columnEdges: columns.positions,
    rowEdges: rows.positions,
    cells,
    origin: "drawn"
  }
}

const coveredLength = (stretches: ReadonlyArray<readonly [number, number]>, from: number, to: number): number => {
  let [covered, reached] = [0, from]
  for (const [begin, end] of stretches.toSorted((a, b) => a[0] - b[0])) {
    covered += Math.max(0, overlap(begin, end, reached, to))
    reached = Math.max(reached, end)
  }
  return covered
}

/** Place and extent of a cell in the atomic grid. */
export type Span = Pick<Cell, "rowIndex" | "columnIndex" | "rowSpan" | "columnSpan">

/**
 * Cuts the joined areas of a grid into rectangles that tile it: an area that is a rectangle stays whole, an L is cut
 * along its rows.
 */
const rectangles = (areaOf: (at: number) => number, rowCount: number, columnCount: number): ReadonlyArray<Span> => {
  const done = new Uint8Array(rowCount * columnCount)
  const spans: Array<Span> = []
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      if (done[row * columnCount + column]) continue
      const area = areaOf(row * columnCount + column)
      const free = (r: number, c: number): boolean => !done[r * columnCount + c] && areaOf(r * columnCount + c) === area
      let columnSpan = 1
      while (column + columnSpan < columnCount && free(row, column + columnSpan)) columnSpan++
      let rowSpan = 1
      const wholeRow = (r: number): boolean => {
        for (let c = column; c < column + columnSpan; c++) if (!free(r, c)) return false
        return true
      }
      while (row + rowSpan < rowCount && wholeRow(row + rowSpan)) rowSpan++
      for (let r = row; r < row + rowSpan; r++) {
        done.fill(1, r * columnCount + column, r * columnCount + column + columnSpan)
      }
      spans.push({ rowIndex: row, columnIndex: column, rowSpan, columnSpan })
    }
  }
  return spans
}

const boxOf = (span: Span, columnEdges: ReadonlyArray<number>, rowEdges: ReadonlyArray<number>): BoundingBox => {
  const [x, y] = [columnEdges[span.columnIndex]!, rowEdges[span.rowIndex]!]
  return {
    x,
    y,
    width: columnEdges[span.columnIndex + span.columnSpan]! - x,
    height: rowEdges[span.rowIndex + span.rowSpan]! - y
  }
}

const white = "#FFFFFF"

/** The colour that covers most of a cell, painted last; a highlight behind a few words does not count. */
const fillOf = (box: BoundingBox, fills: ReadonlyArray<Fill>): string | null => {
  const last = fills.findLast((fill) => sharedArea(fill.box, box) >= 0.6 * box.width * box.height)
  return last === undefined || last.color === white ? null : last.color
}

/** Puts each word into the smallest cell that holds its middle, so that a table inside another one keeps its own. */
export const shareWords = (tables: ReadonlyArray<Table>, words: ReadonlyArray<Word>): ReadonlyArray<Table> => {
  const bySize = tables.toSorted((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)
  const places = new Map(tables.map((table) => [table, cellsByPlace(table)]))
  const owned = new Map<Cell, Array<Word>>()
  for (const word of words) {
    const [x, y] = [middleX(word.box), middleY(word.box)]
    const table = bySize.find(({ box }) => contains(box, x, y))
    const cell = table && places.get(table)!(x, y)
    if (!cell) continue
    const own = owned.get(cell)
    if (own) own.push(word)
    else owned.set(cell, [word])
  }
  return tables.map((table) => ({
    ...table,
    cells: table.cells.map((cell) => ({ ...cell, words: inReadingOrder(owned.get(cell) ?? []) }))
  }))
}

/** Finds the cell at a point of a table by its atomic row and column. */
const cellsByPlace = ({ cells, rowEdges, columnEdges }: Table): ((x: number, y: number) => Cell | undefined) => {
  const columnCount = columnEdges.length - 1
  const at: Array<Cell> = []
  for (const cell of cells) {
    for (let row = cell.rowIndex; row < cell.rowIndex + cell.rowSpan; row++) {
      for (let column = cell.columnIndex; column < cell.columnIndex + cell.columnSpan; column++) {
        at[row * columnCount + column] = cell
      }
    }
  }
  return (x, y) => at[trackAt(rowEdges, y) * columnCount + trackAt(columnEdges, x)]
}

/** Index of the stretch between two edges that holds a position; the first and last reach outwards. */
const trackAt = (edges: ReadonlyArray<number>, position: number): number => {
  let [low, high] = [0, edges.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (edges[middle]! <= position) low = middle
    else high = middle - 1
  }
  return low
}
