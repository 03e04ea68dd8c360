import type { BoundingBox } from "../document/Page.ts"
import { type DisjointSets, makeDisjointSets } from "../table/disjointSets.ts"
import type { GrayImage } from "./gray.ts"

/** A stretch of set pixels on one row. */
export interface Run {
  readonly y: number
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** Runs that touch each other, and what they add up to. */
export interface Component {
  readonly box: BoundingBox
  /** Set pixels. */
  readonly area: number
  readonly runs: ReadonlyArray<Run>
}

/**
 * Joins runs on neighbouring rows that overlap or touch at a corner. `runs` are in order of rows, then columns;
 * `reach` rows may lie between two runs of one component.
 */
export const joinRuns = (runs: ReadonlyArray<Run>, reach = 1): ReadonlyArray<Component> => {
  const sets = makeDisjointSets(runs.length)
  const rows = rowsOf(runs)
  rows.forEach((row, at) => {
    for (let above = at - 1; above >= 0 && runs[rows[above]!.from]!.y >= runs[row.from]!.y - reach; above--) {
      joinRows(runs, rows[above]!, row, sets)
    }
  })
  const groups = new Map<number, Array<Run>>()
  runs.forEach((run, i) => {
    const root = sets.find(i)
    const group = groups.get(root)
    if (group) group.push(run)
    else groups.set(root, [run])
  })
  return Array.from(groups.values(), componentOf)
}

/** A stretch of the list of runs; `to` is exclusive. */
interface Row {
  readonly from: number
  readonly to: number
}

const rowsOf = (runs: ReadonlyArray<Run>): ReadonlyArray<Row> => {
  const rows: Array<Row> = []
  for (let from = 0, to = 1; from < runs.length; from = to, to++) {
    while (to < runs.length && runs[to]!.y === runs[from]!.y) to++
    rows.push({ from, to })
  }
  return rows
}

/** Sweeps over both rows at once: time grows with the sum of their runs, not with the product. */
const joinRows = (runs: ReadonlyArray<Run>, above: Row, row: Row, sets: DisjointSets): void => {
  for (let k = above.from, i = row.from; k < above.to && i < row.to; ) {
    const [other, run] = [runs[k]!, runs[i]!]
    if (other.from <= run.to && other.to >= run.from) sets.join(k, i)
    if (other.to < run.to) k++
    else i++
  }
}

const componentOf = (runs: ReadonlyArray<Run>): Component => {
  let [left, right, area] = [Infinity, -Infinity, 0]
  for (const { from, to } of runs) {
    if (from < left) left = from
    if (to > right) right = to
    area += to - from
  }
  const top = runs[0]!.y
  return { box: { x: left, y: top, width: right - left, height: runs.at(-1)!.y + 1 - top }, area, runs }
}

/** The runs of pixels of a region whose level is set in `isSet`, which has one byte a level; in order. */
export const runsOf = (
  { data, width }: GrayImage,
  { height, width: across, x: left, y: top }: BoundingBox,
  isSet: Uint8Array
): ReadonlyArray<Run> => {
  const runs: Array<Run> = []
  for (let y = top; y < top + height; y++) {
    const row = y * width
    const right = left + across
    for (let x = left; x < right; x++) {
      if (isSet[data[row + x]!] === 0) continue
      const from = x
      do x++
      while (x < right && isSet[data[row + x]!] !== 0)
      runs.push({ y, from, to: x })
    }
  }
  return runs
}
