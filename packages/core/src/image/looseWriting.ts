import type { BoundingBox } from "../document/Page.ts"
import { contains, median, middleX, middleY, overlap, union } from "../table/geometry.ts"
import { type Component, joinRuns } from "./components.ts"
import { evenGround } from "./evenGround.ts"
import type { GrayImage } from "./gray.ts"
import { inkOf } from "./ink.ts"
import type { WritingLine } from "./writing.ts"

/** Words of one line stand closer than this many times its height. */
const wordGap = 1.1
/** Heights of pieces that can be letters, in text heights. */
const letterHeights = [0.25, 3.2] as const
/** A line of fewer pieces is a mark, but for a word whose letters touch: it is wider than high by this, and not low. */
const leastPieces = 2
const wideWord = 1.3
const lowWord = 0.5

/** Coloured grounds of writing, such as the bar under a header, are filled to this share of their box: letters are less. */
const panelFill = 0.65
/** Least sides of such a ground, in text heights. */
const leastPanel = { width: 2.5, height: 1.2 }
/** Grounds lie on each other so often, at most: a bar on a card on a page. */
const mostPanels = 2

/** Finds the lines of writing outside of all cells: titles, headings, lists, notes. */
export const looseLines = (
  gray: GrayImage,
  cells: ReadonlyArray<BoundingBox>,
  textHeight: number
): ReadonlyArray<WritingLine> =>
  bandsOutside(gray, cells).flatMap((band) =>
    linesOn(gray, band, taller(band, textHeight), cells, textHeight, mostPanels).filter(
      ({ box }) => middleY(box) >= band.y && middleY(box) < band.y + band.height
    )
  )

/** A region with a line of writing more above and below, so that none on its edge is cut. */
const taller = ({ height, y, ...sides }: BoundingBox, textHeight: number): BoundingBox => ({
  ...sides,
  y: y - textHeight,
  height: height + 2 * textHeight
})

/**
 * The lines on the ground of a region, and on `depth` grounds upon each other that stand out from it; they are looked
 * for in `around` by the measures of the region.
 */
const linesOn = (
  gray: GrayImage,
  region: BoundingBox,
  around: BoundingBox,
  cells: ReadonlyArray<BoundingBox>,
  textHeight: number,
  depth: number
): ReadonlyArray<WritingLine> => {
  const even = evenGround(gray, region, textHeight)
  const ink = inkOf(even.gray, region, around)
  if (!ink) return []
  const outside = joinRuns(ink.runs).filter(
    ({ box }) => !cells.some((cell) => contains(cell, middleX(box), middleY(box)))
  )
  const panels = outside.filter((piece) => isPanel(piece, textHeight))
  // What is ink within such a ground is what light letters enclose.
  const boxes = outside
    .map(({ box }) => box)
    .filter((box) => !panels.some((panel) => contains(panel.box, middleX(box), middleY(box))))
  const small = boxes.filter(({ width, height }) => Math.max(width, height) < letterHeights[0] * textHeight)
  const lines = chains(boxes.filter((box) => isLetter(box, textHeight)))
    .filter((line) => line.length >= leastPieces || isWord(line[0]!, textHeight))
    .map((line) => [...line, ...marksOf(line, small)])
    .map((pieces) => {
      const box = union(pieces)
      const raised = even.raisedAt(middleX(box), middleY(box))
      return {
        box,
        direction: "level" as const,
        pieces,
        foreign: [],
        ground: ink.ground - raised,
        tone: ink.tone - raised
      }
    })
  if (depth === 0) return lines
  return [...lines, ...panels.flatMap(({ box }) => linesOn(gray, box, box, cells, textHeight, depth - 1))]
}

const isPanel = ({ area, box: { height, width } }: Component, textHeight: number): boolean =>
  width >= leastPanel.width * textHeight &&
  height >= leastPanel.height * textHeight &&
  area >= panelFill * width * height

/** The dots, commas and dashes of a line: small pieces within its height, or right above it. */
const marksOf = (line: ReadonlyArray<BoundingBox>, small: ReadonlyArray<BoundingBox>): ReadonlyArray<BoundingBox> => {
  const { x, y, width, height } = union(line)
  const reach = { x: x - 0.2 * height, y: y - 0.25 * height, width: width + 0.6 * height, height: 1.4 * height }
  return small.filter((box) => contains(reach, middleX(box), middleY(box)))
}

const isLetter = ({ width, height }: BoundingBox, textHeight: number): boolean =>
  height <= letterHeights[1] * textHeight &&
  Math.max(width, height) >= letterHeights[0] * textHeight &&
  width <= 6 * textHeight &&
  (width <= 2.5 * textHeight || height >= 0.3 * textHeight)

const isWord = ({ height, width }: BoundingBox, textHeight: number): boolean =>
  width >= wideWord * height && height >= lowWord * textHeight

/** The page above, between, below and beside its tables; each part has a ground of its own. */
const bandsOutside = (gray: GrayImage, cells: ReadonlyArray<BoundingBox>): ReadonlyArray<BoundingBox> => {
  const taken = cells.toSorted((a, b) => a.y - b.y)
  const edges = [0]
  let reached = 0
  for (const { y, height } of taken) {
    if (y > reached) edges.push(Math.floor(reached), Math.floor(y))
    reached = Math.max(reached, y + height)
  }
  edges.push(Math.min(gray.height, Math.ceil(reached)), gray.height)
  const sorted = [...new Set(edges)].toSorted((a, b) => a - b)
  return sorted.slice(1).flatMap((bottom, i) => {
    const y = sorted[i]!
    const within = cells.filter((cell) => middleY(cell) > y && middleY(cell) < bottom)
    const { width, x } = within.length === 0 ? { x: 0, width: 0 } : union(within)
    const [left, right] = [Math.floor(x), Math.min(gray.width, Math.ceil(x + width))]
    return [
      [0, left],
      [left, right],
      [right, gray.width]
    ].flatMap(([from, to]) => (to! > from! ? [{ x: from!, y, width: to! - from!, height: bottom - y }] : []))
  })
}

/** Chains letters that follow each other on one line. */
const chains = (letters: ReadonlyArray<BoundingBox>): ReadonlyArray<ReadonlyArray<BoundingBox>> => {
  const tallest = letters.reduce((most, { height }) => Math.max(most, height), 0)
  const done: Array<Array<BoundingBox>> = []
  let open: Array<Array<BoundingBox>> = []
  for (const letter of letters.toSorted((a, b) => a.x - b.x)) {
    // Letters come from left to right: a line that ends too far to the left takes no more.
    const [over, near] = [[] as Array<Array<BoundingBox>>, [] as Array<Array<BoundingBox>>]
    for (const chain of open) (letter.x - rightOf(chain) > wordGap * tallest ? over : near).push(chain)
    done.push(...over)
    open = near
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
  return [...done, ...open]
}

const rightOf = (chain: ReadonlyArray<BoundingBox>): number => {
  const last = chain.at(-1)!
  return last.x + last.width
}
