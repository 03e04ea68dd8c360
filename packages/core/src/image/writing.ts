import type { BoundingBox, Rotation } from "../document/Page.ts"
import { contains, median, overlap, sharedArea, union } from "../table/geometry.ts"
import type { Run } from "./components.ts"
import type { GrayImage } from "./gray.ts"
import { inkOf } from "./ink.ts"
import { piecesOf } from "./pieces.ts"

/** A line of writing found in the pixels, before it is read. */
export interface WritingLine {
  readonly box: BoundingBox
  /** Which way it is likely written; `"stacked"` is one letter below the other. */
  readonly direction: "level" | "turned" | "stacked"
  /** Boxes of the pieces of ink that make it up. */
  readonly pieces: ReadonlyArray<BoundingBox>
  /** Ink within the box that is not of the line, row by row. */
  readonly foreign: ReadonlyArray<Run>
  readonly ground: number
  readonly tone: number
}

/** How a line is turned when it is handed to a reader. */
export const rotationsOf = (direction: WritingLine["direction"]): ReadonlyArray<Rotation> =>
  direction === "level" ? [0] : [270, 90]

/**
 * Finds the lines of writing in a cell. What lies in its `interior`, by default all of it, is written there; what
 * reaches from its edges no further than to the interior is border.
 */
export const linesIn = (
  gray: GrayImage,
  cell: BoundingBox,
  textHeight: number,
  interior = cell
): ReadonlyArray<WritingLine> => {
  const ink = inkOf(gray, interior, cell)
  if (!ink) return []
  const { foreign, writing } = piecesOf(ink, interior, textHeight)
  const boxes = joinMarks(
    writing.map(({ box }) => box),
    textHeight
  )
  if (boxes.length === 0) return []
  const direction = directionOf(boxes, textHeight)
  const groups = (
    direction === "level" ? levelLines(boxes) : direction === "turned" ? turnedLines(boxes) : [boxes]
  ).flatMap((line) => cutAtGaps(line, direction, textHeight))
  return groups
    .filter((line) => !isPlaceholder(line, textHeight))
    .map((pieces) => {
      const box = union(pieces)
      const others = writing.filter((piece) => !pieces.some((own) => holds(own, piece.box)))
      return {
        box,
        direction,
        pieces,
        foreign: [...foreign, ...others].filter((piece) => sharedArea(piece.box, box) > 0).flatMap(({ runs }) => runs),
        ground: ink.ground,
        tone: ink.tone
      }
    })
}

/** Signs lower than this share of the text height, and of one size but for so much, are no letters. */
const lowSign = 0.7
const oneSize = 1.25
/** Signs that touch are one piece: higher than a dash and lower than letters, in text heights, and as wide as several. */
const touching = { from: 0.25, to: 0.6, widerBy: 2 }

/** Whether a line is a row of stars or dots, as stands in cells to be filled in. */
const isPlaceholder = (line: ReadonlyArray<BoundingBox>, textHeight: number): boolean => {
  const [{ height, width }] = line as [BoundingBox]
  if (line.length === 1 && width >= touching.widerBy * height)
    return height >= touching.from * textHeight && height < touching.to * textHeight
  const isOne = (sizes: ReadonlyArray<number>) => Math.max(...sizes) <= oneSize * Math.min(...sizes)
  return (
    line.length > 1 &&
    line.every(({ width, height }) => Math.max(width, height) < lowSign * textHeight) &&
    isOne(line.map(({ height }) => height)) &&
    isOne(line.map(({ width }) => width))
  )
}

const holds = (outer: BoundingBox, { x, y, width, height }: BoundingBox): boolean =>
  contains(outer, x, y) && contains(outer, x + width, y + height)

/** Joins dots and accents to the letter that they belong to. */
const joinMarks = (boxes: ReadonlyArray<BoundingBox>, textHeight: number): ReadonlyArray<BoundingBox> => {
  const small = (box: BoundingBox) => Math.max(box.width, box.height) < 0.3 * textHeight
  const letters = boxes.filter((box) => !small(box))
  for (const mark of boxes.filter(small)) {
    const at = letters.findIndex((letter) => {
      const gapX = -overlap(letter.x, letter.x + letter.width, mark.x, mark.x + mark.width)
      const gapY = -overlap(letter.y, letter.y + letter.height, mark.y, mark.y + mark.height)
      return gapX < 0.12 * textHeight && gapY < 0.35 * textHeight && (gapX < 0 || gapY < 0)
    })
    if (at >= 0) letters[at] = union([letters[at]!, mark])
    else letters.push(mark)
  }
  return letters
}

/** Stacked letters stand further apart than letters of a turned word: by this share of their size. */
const stackedGap = 0.22

/** A stroke thinner than this share of the text height is one letter, however long. */
const thinLetter = 0.5

/** A piece alone is a turned word, and no letter, if it is so many times as high as wide, and as the text. */
const wordInOne = { slimness: 2.5, textHeights: 1.5 }

const isTurnedWord = ({ height, width }: BoundingBox, textHeight: number): boolean =>
  width >= thinLetter * textHeight &&
  height >= wordInOne.slimness * width &&
  height >= wordInOne.textHeights * textHeight

/** Pairs of letters that a piece joins which is so long along a line and so thick across it: soft or cursive writing. */
const neighboursWithin = (along: number, across: number, textHeight: number): number =>
  across < thinLetter * textHeight ? 0 : Math.max(0, Math.floor(along / across) - 1)

/** Whether nearest neighbours lie beside or above each other, and for the latter how far apart. */
const directionOf = (boxes: ReadonlyArray<BoundingBox>, textHeight: number): WritingLine["direction"] => {
  const size = median(boxes.map(({ width, height }) => Math.max(width, height)))!
  const letters = boxes.filter(({ width, height }) => Math.max(width, height) >= 0.45 * size)
  if (letters.length === 1) return isTurnedWord(letters[0]!, textHeight) ? "turned" : "level"
  let [level, plumb] = [
    letters.reduce((sum, { height, width }) => sum + neighboursWithin(width, height, textHeight), 0),
    letters.reduce((sum, { height, width }) => sum + neighboursWithin(height, width, textHeight), 0)
  ]
  const gaps: Array<number> = []
  for (const a of letters) {
    let [besides, below] = [Infinity, Infinity]
    for (const b of letters) {
      if (a === b) continue
      const sharedX = overlap(a.x, a.x + a.width, b.x, b.x + b.width)
      const sharedY = overlap(a.y, a.y + a.height, b.y, b.y + b.height)
      if (sharedY > 0.35 * Math.min(a.height, b.height)) besides = Math.min(besides, Math.max(0, -sharedX))
      if (sharedX > 0.35 * Math.min(a.width, b.width)) below = Math.min(below, Math.max(0, -sharedY))
    }
    if (besides === Infinity && below === Infinity) continue
    if (besides <= below) level++
    else {
      plumb++
      gaps.push(below / Math.max(a.width, a.height))
    }
  }
  if (plumb <= level) return "level"
  const column = union(letters).width <= 1.6 * Math.max(...letters.map(({ width }) => width))
  return column && letters.length >= 3 && (median(gaps) ?? 0) >= stackedGap ? "stacked" : "turned"
}

/** Clusters pieces that share most of their height into lines, from top to bottom. */
const levelLines = (boxes: ReadonlyArray<BoundingBox>): ReadonlyArray<ReadonlyArray<BoundingBox>> =>
  clusterLines(
    boxes,
    ({ y }) => y,
    ({ height }) => height
  )

/** The same for writing turned by a quarter: lines follow each other from left to right. */
const turnedLines = (boxes: ReadonlyArray<BoundingBox>): ReadonlyArray<ReadonlyArray<BoundingBox>> =>
  clusterLines(
    boxes,
    ({ x }) => x,
    ({ width }) => width
  )

const clusterLines = (
  boxes: ReadonlyArray<BoundingBox>,
  start: (box: BoundingBox) => number,
  size: (box: BoundingBox) => number
): ReadonlyArray<ReadonlyArray<BoundingBox>> => {
  const lines: Array<{ from: number; to: number; boxes: Array<BoundingBox> }> = []
  // Tall pieces first: they span the line that small ones fall into.
  for (const box of boxes.toSorted((a, b) => size(b) - size(a))) {
    const [from, to] = [start(box), start(box) + size(box)]
    const best = lines
      .map((line) => ({ line, shared: overlap(line.from, line.to, from, to) }))
      .toSorted((a, b) => b.shared - a.shared)[0]
    if (best && best.shared > 0.45 * size(box)) {
      best.line.boxes.push(box)
      // A line grows a little with what joins it, never by half a line.
      if (best.shared > 0.7 * size(box)) {
        best.line.from = Math.min(best.line.from, from)
        best.line.to = Math.max(best.line.to, to)
      }
    } else {
      lines.push({ from, to, boxes: [box] })
    }
  }
  const typical = median(lines.map(({ from, to }) => to - from)) ?? 0
  return absorbSmall(
    lines.toSorted((a, b) => a.from - b.from),
    typical
  ).map((line) => line.boxes)
}

interface OpenLine {
  readonly from: number
  readonly to: number
  readonly boxes: ReadonlyArray<BoundingBox>
}

/** Lines of nothing but dots, dashes or commas belong to the nearest line if they touch it. */
const absorbSmall = (lines: ReadonlyArray<OpenLine>, typical: number): ReadonlyArray<OpenLine> => {
  const tall = lines.filter(({ from, to }) => to - from >= 0.4 * typical)
  if (tall.length === 0) return lines
  const small = lines.filter((line) => !tall.includes(line))
  return tall.map((line) => ({
    ...line,
    boxes: [
      ...line.boxes,
      ...small.filter(({ from, to }) => nearest(tall, (from + to) / 2) === line).flatMap(({ boxes }) => boxes)
    ]
  }))
}

/** Writing further apart than this many text heights along a line does not belong together: icons beside a name. */
const lineGap = 2

const cutAtGaps = (
  line: ReadonlyArray<BoundingBox>,
  direction: WritingLine["direction"],
  textHeight: number
): ReadonlyArray<ReadonlyArray<BoundingBox>> => {
  if (direction === "stacked") return [line]
  const from = (box: BoundingBox) => (direction === "level" ? box.x : box.y)
  const to = (box: BoundingBox) => (direction === "level" ? box.x + box.width : box.y + box.height)
  const parts: Array<Array<BoundingBox>> = []
  let reached = -Infinity
  for (const box of line.toSorted((a, b) => from(a) - from(b))) {
    if (from(box) - reached > lineGap * textHeight) parts.push([box])
    else parts.at(-1)!.push(box)
    reached = Math.max(reached, to(box))
  }
  return parts
}

const nearest = (lines: ReadonlyArray<OpenLine>, at: number): OpenLine | undefined =>
  lines.toSorted((a, b) => Math.abs((a.from + a.to) / 2 - at) - Math.abs((b.from + b.to) / 2 - at))[0]
