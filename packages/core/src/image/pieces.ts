import type { BoundingBox } from "../document/Page.ts"
import { type Component, joinRuns, type Run } from "./components.ts"
import type { Ink } from "./ink.ts"

/** The ink of a cell: what can be writing, and what is none. */
export interface Pieces {
  readonly writing: ReadonlyArray<Component>
  /** Borders and what remains of them, underlines, pictures. Specks are neither. */
  readonly foreign: ReadonlyArray<Component>
}

/**
 * Parts the writing of a cell from its borders, which reach from its edges to its `interior`, and from what no letter
 * looks like.
 */
export const piecesOf = (ink: Ink, interior: BoundingBox, textHeight: number): Pieces => {
  const writing: Array<Component> = []
  const foreign: Array<Component> = []
  const touching: Array<Component> = []
  const leastArea = Math.max(3, speck * textHeight * textHeight)
  for (const piece of joinRuns(ink.runs)) {
    if (piece.area < leastArea) continue
    if (touches(piece.box, ink.box)) touching.push(piece)
    else if (isDrawn(piece, ink.box, textHeight)) foreign.push(piece)
    else writing.push(piece)
  }
  for (const { runs } of touching) {
    const parts = clipped(runs, interior)
    foreign.push(...joinRuns(parts.outside))
    for (const rest of joinRuns(parts.inside)) {
      const { width, height } = rest.box
      const isLetter =
        rest.area >= leastArea &&
        Math.min(width, height) >= leastRest * textHeight &&
        !isDrawn(rest, ink.box, textHeight)
      ;(isLetter ? writing : foreign).push(rest)
    }
  }
  return { writing, foreign }
}

/** Ink of less than this share of the square of the text height is a speck. */
const speck = 0.012
/** Borders reach up to so many text heights into a cell. */
const deepestBorder = 0.45
/** What is left of a piece without the border that it touches is writing from this share of the text height. */
const leastRest = 0.35

const right = ({ x, width }: BoundingBox): number => x + width
const bottom = ({ y, height }: BoundingBox): number => y + height

const touches = (piece: BoundingBox, cell: BoundingBox): boolean =>
  piece.x <= cell.x || piece.y <= cell.y || right(piece) >= right(cell) || bottom(piece) >= bottom(cell)

const isDrawn = (piece: Component, cell: BoundingBox, textHeight: number): boolean =>
  isStroke(piece.box, cell, textHeight) || isFrame(piece, cell, textHeight)

/** Whether a piece is a border that leans away from its edge, or a part of one, an underline, or a picture. */
const isStroke = (piece: BoundingBox, cell: BoundingBox, textHeight: number): boolean => {
  const { width, height } = piece
  if (Math.min(width, height) > 4 * textHeight) return true
  const near = deepestBorder * textHeight
  const thin = 0.28 * textHeight
  if (height < thin && width > 2 * height && width > 0.45 * textHeight) {
    return width > 2.2 * textHeight || bottom(piece) - cell.y < near || bottom(cell) - piece.y < near
  }
  if (width < thin && height > 0.9 * textHeight) {
    return height > 2.2 * textHeight || right(piece) - cell.x < near || right(cell) - piece.x < near
  }
  return false
}

/** Whether a piece is the frame of a cell whose borders stand apart from those of its neighbours. */
const isFrame = ({ box, runs }: Component, cell: BoundingBox, textHeight: number): boolean => {
  const { x, y, width, height } = box
  if (width < 0.6 * cell.width || height < 0.6 * cell.height || height < 1.4 * textHeight) return false
  const inside = clipped(runs, { x: x + width / 4, y: y + height / 4, width: width / 2, height: height / 2 }).inside
  return inside.length === 0
}

const clipped = (runs: ReadonlyArray<Run>, box: BoundingBox) => {
  const inside: Array<Run> = []
  const outside: Array<Run> = []
  const add = (to: Array<Run>, y: number, from: number, end: number) => {
    if (end > from) to.push({ y, from, to: end })
  }
  for (const { y, from, to } of runs) {
    const [start, end] =
      y >= box.y && y < bottom(box)
        ? [Math.max(from, Math.ceil(box.x)), Math.min(to, Math.floor(right(box)))]
        : [to, to]
    if (start >= end) add(outside, y, from, to)
    else {
      add(outside, y, from, start)
      add(inside, y, start, end)
      add(outside, y, end, to)
    }
  }
  return { inside, outside }
}
