import type { BoundingBox } from "../document/Page.ts"
import { median, middleX, middleY, union } from "./geometry.ts"

/** Texts that stand close below each other in one column, the lines of one cell. */
export interface TextBlock<T> {
  readonly column: number
  readonly lines: ReadonlyArray<T>
  readonly box: BoundingBox
}

/** Lines of one text and lines of two are told apart where their gaps differ by this share of a line. */
const leastJump = 0.15
/** Gaps wider than this many lines part texts anyway. */
const widestGap = 1.5

/**
 * Ways to take texts that stand below each other for lines of one text, from those with the smallest gaps on: each way
 * draws the line between two gaps that differ clearly. None where gaps are all alike, so that nothing tells what
 * belongs together.
 */
export const waysToBlocks = <T extends { readonly box: BoundingBox }>(
  texts: ReadonlyArray<T>,
  columnAt: (x: number) => number
): ReadonlyArray<ReadonlyArray<TextBlock<T>>> => {
  const columns = [...Map.groupBy(texts, ({ box }) => columnAt(middleX(box)))].map(
    ([column, lines]) => [column, lines.toSorted((a, b) => a.box.y - b.box.y)] as const
  )
  const height = median(texts.map(({ box }) => box.height)) ?? 0
  const gaps = columns
    .flatMap(([, lines]) => lines.slice(1).map((line, i) => gapBetween(lines[i]!, line)))
    .toSorted((a, b) => a - b)
  const closest = gaps.filter((gap, i) => gap <= widestGap * height && gaps[i + 1]! - gap > leastJump * height)
  return closest.map((widest) =>
    columns.flatMap(([column, lines]) => {
      const blocks: Array<Array<T>> = []
      for (const line of lines) {
        const before = blocks.at(-1)?.at(-1)
        if (before && gapBetween(before, line) <= widest) blocks.at(-1)!.push(line)
        else blocks.push([line])
      }
      return blocks.map((block) => ({ column, lines: block, box: union(block.map(({ box }) => box)) }))
    })
  )
}

const gapBetween = (above: { readonly box: BoundingBox }, below: { readonly box: BoundingBox }): number =>
  below.box.y - (above.box.y + above.box.height)

/** Texts in the middle of their row are off by at most this share of the way to the next row. */
const middleShare = 0.25
/** Texts at the top of their row are off by at most this share of a line. */
const topShare = 0.3

/**
 * The row of each block, by the blocks of the first column, lines of which each heads one: a block stands in the middle of its row,
 * at the top of it, or half-way between two rows, where it gets the upper one. Blocks above the first header are of row
 * -1. null where a block stands nowhere in particular, or two of a column in one row.
 */
export const rowsOfBlocks = <T extends { readonly box: BoundingBox }>(
  blocks: ReadonlyArray<TextBlock<T>>,
  height: number
): ReadonlyMap<TextBlock<T>, number> | null => {
  const first = blocks.filter(({ column }) => column === 0)
  // Where headers run together, so do rows.
  if (first.length < 2 || first.some(({ lines }) => lines.length > 1)) return null
  const headers = first.map(({ box }) => box)
  const middles = headers.map(middleY)
  const rowOf = ({ box, lines }: TextBlock<T>): number | null => {
    const at = middleY(box)
    if (box.y + box.height < headers[0]!.y) return -1
    const top = headers.findIndex(({ y }) => Math.abs(y - box.y) <= topShare * height)
    const row = middles.findIndex((middle, i) => {
      const pitch = Math.min(middle - (middles[i - 1] ?? -Infinity), (middles[i + 1] ?? Infinity) - middle)
      return Math.abs(at - middle) <= middleShare * pitch
    })
    if (row >= 0 || top >= 0) return row >= 0 ? row : top
    const between = middles.findIndex((middle, i) => {
      const next = middles[i + 1]
      return next !== undefined && Math.abs(at - (middle + next) / 2) <= middleShare * (next - middle)
    })
    // Lines beside one header each are texts of their own.
    const isBeside = lines.some(({ box }) =>
      middles.some((middle) => Math.abs(middleY(box) - middle) <= topShare * height)
    )
    return between >= 0 && !isBeside ? between : null
  }
  const rows = new Map<TextBlock<T>, number>()
  const taken = new Set<string>()
  for (const block of blocks) {
    const row = block.column === 0 ? headers.indexOf(block.box) : rowOf(block)
    const place = `${row} ${block.column}`
    if (row === null || (row >= 0 && taken.has(place))) return null
    taken.add(place)
    rows.set(block, row)
  }
  return rows
}
