import type { BoundingBox } from "../document/Page.ts"

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
  const parent = Int32Array.from({ length: runs.length }, (_, i) => i)
  const find = (item: number): number => {
    let at = item
    while (parent[at]! !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  // `first` is the earliest run that may still touch the current one.
  for (let i = 0, first = 0; i < runs.length; i++) {
    const run = runs[i]!
    while (runs[first]!.y < run.y - reach) first++
    for (let k = first; k < i && runs[k]!.y < run.y; k++) {
      const other = runs[k]!
      if (other.from <= run.to && other.to >= run.from) {
        const [a, b] = [find(i), find(k)]
        if (a !== b) parent[Math.max(a, b)] = Math.min(a, b)
      }
    }
  }
  const groups = new Map<number, Array<Run>>()
  runs.forEach((run, i) => {
    const root = find(i)
    const group = groups.get(root)
    if (group) group.push(run)
    else groups.set(root, [run])
  })
  return Array.from(groups.values(), componentOf)
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

/** The runs of set bytes of a mask, in order. */
export const runsOf = (mask: Uint8Array, width: number, height: number): ReadonlyArray<Run> => {
  const runs: Array<Run> = []
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < width; ) {
      if (mask[row + x] === 0) {
        x++
        continue
      }
      const from = x
      while (x < width && mask[row + x] !== 0) x++
      runs.push({ y, from, to: x })
    }
  }
  return runs
}
