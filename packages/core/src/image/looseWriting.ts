import type { BoundingBox } from "../document/Page.ts"
import { contains, median, middleX, middleY, overlap, union } from "../table/geometry.ts"
import type { Table } from "../table/Table.ts"
import type { GrayImage } from "./gray.ts"
import { inkComponents, inkOf } from "./ink.ts"
import type { WritingLine } from "./writing.ts"

/** Words of one line stand closer than this many times its height. */
const wordGap = 1.1
/** Heights of pieces that can be letters, in text heights. */
const letterHeights = [0.25, 3.2] as const
/** A line of fewer pieces is a mark. */
const leastPieces = 2

/** Finds the lines of writing outside of all tables: titles, headings, lists, notes. */
export const looseLines = (
  gray: GrayImage,
  tables: ReadonlyArray<Table>,
  textHeight: number
): ReadonlyArray<WritingLine> => {
  return bandsOutside(gray, tables, textHeight).flatMap((band) => {
    const ink = inkOf(gray, band)
    if (!ink) return []
    const letters = inkComponents(ink)
      .map(({ box }) => box)
      .filter((box) => isLetter(box, textHeight))
      .filter((box) => !tables.some((table) => contains(table.box, middleX(box), middleY(box))))
    return chains(letters)
      .filter((line) => line.length >= leastPieces)
      .map((pieces) => ({
        box: union(pieces),
        direction: "level" as const,
        pieces,
        ground: ink.ground,
        tone: ink.tone
      }))
  })
}

const isLetter = ({ width, height }: BoundingBox, textHeight: number): boolean =>
  height <= letterHeights[1] * textHeight &&
  Math.max(width, height) >= letterHeights[0] * textHeight &&
  width <= 6 * textHeight &&
  (width <= 2.5 * textHeight || height >= 0.3 * textHeight)

/** The page above, between, beside and below its tables; each band has a ground of its own. */
const bandsOutside = (
  gray: GrayImage,
  tables: ReadonlyArray<Table>,
  textHeight: number
): ReadonlyArray<BoundingBox> => {
  const bandHeight = Math.ceil(8 * textHeight)
  const edges = new Set([0, gray.height])
  for (const { box } of tables) {
    edges.add(Math.max(0, Math.floor(box.y)))
    edges.add(Math.min(gray.height, Math.ceil(box.y + box.height)))
  }
  const sorted = [...edges].toSorted((a, b) => a - b)
  void bandHeight
  return sorted.slice(1).map((bottom, i) => ({ x: 0, y: sorted[i]!, width: gray.width, height: bottom - sorted[i]! }))
}

/** Chains letters that follow each other on one line. */
const chains = (letters: ReadonlyArray<BoundingBox>): ReadonlyArray<ReadonlyArray<BoundingBox>> => {
  const open: Array<Array<BoundingBox>> = []
  for (const letter of letters.toSorted((a, b) => a.x - b.x)) {
    let best: Array<BoundingBox> | null = null
    let bestGap = Infinity
    for (const chain of open) {
      const last = chain.at(-1)!
      const height = median(chain.slice(-8).map((box) => box.height))!
      const gap = letter.x - (last.x + last.width)
      const top = Math.min(...chain.slice(-6).map((box) => box.y))
      const bottom = Math.max(...chain.slice(-6).map((box) => box.y + box.height))
      const shared = overlap(top, bottom, letter.y, letter.y + letter.height)
      const fits = shared > 0.5 * Math.min(letter.height, bottom - top) && letter.height < 2.6 * height
      if (fits && gap < wordGap * Math.max(height, 0.7 * letter.height) && gap < bestGap) [best, bestGap] = [chain, gap]
    }
    if (best) best.push(letter)
    else open.push([letter])
  }
  return open
}
