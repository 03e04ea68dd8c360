import type { BoundingBox } from "../document/Page.ts"
import type { GrayImage } from "./gray.ts"
import { medianLevel, noLevels } from "./levels.ts"

/** Of each side of a cell at least this share of the text height is left out, and its border is sought up to the other. */
const leastInset = 0.14
const largestInset = 0.5
/** Levels of 256 by which a border differs from the ground of its cell. */
const contrast = 24
/** A side is border as long as this share of it is ink: what leans leaves the cell bit by bit. */
const remainsShare = 0.08
/** The ends of a side, where the borders across it stand, are not looked at; a share of the text height. */
const cornerInset = 0.4

/**
 * The inside of a cell, without its borders. Those differ in thickness, are soft on photographs and may lean by a pixel
 * or two; what is left of them would be read as writing.
 */
export const cellInterior = (gray: GrayImage, cell: BoundingBox, textHeight: number): BoundingBox => {
  const least = Math.max(2, leastInset * textHeight)
  const inset = (side: Side): number => {
    const depth = borderDepth(gray, side, textHeight)
    // A border that reaches far is soft, and its last trace too faint to be seen.
    return depth > least ? depth + 1 : least
  }
  const { x, y, width, height } = cell
  const left = inset({ isLevel: false, edge: x, inwards: 1, from: y, to: y + height, size: width })
  const right = inset({ isLevel: false, edge: x + width, inwards: -1, from: y, to: y + height, size: width })
  const top = inset({ isLevel: true, edge: y, inwards: 1, from: x, to: x + width, size: height })
  const bottom = inset({ isLevel: true, edge: y + height, inwards: -1, from: x, to: x + width, size: height })
  return { x: x + left, y: y + top, width: width - left - right, height: height - top - bottom }
}

/** One side of a cell. */
interface Side {
  readonly isLevel: boolean
  /** Its y where it is level, else its x. */
  readonly edge: number
  readonly inwards: 1 | -1
  /** Where it begins and ends along its own direction. */
  readonly from: number
  readonly to: number
  /** How far away the opposite side is. */
  readonly size: number
}

/** How many pixels the border of a side reaches into its cell; 0 where writing follows without a gap. */
const borderDepth = (gray: GrayImage, side: Side, textHeight: number): number => {
  const deepest = Math.floor(Math.min(largestInset * textHeight, side.size / 4))
  const inside = pixelsAlong(gray, side, deepest, textHeight)
  if (inside.count < textHeight) return 0
  const ground = groundOf(gray, inside)
  for (let depth = 1; depth <= deepest; depth++) {
    const pixels = pixelsAlong(gray, side, depth, textHeight)
    if (inkAmong(gray, pixels, ground) < remainsShare * pixels.count) return depth
  }
  return 0
}

/** Pixels in a row or a column: the first of them, how far it is to the next, and how many they are. */
interface PixelLine {
  readonly first: number
  readonly step: number
  readonly count: number
}

/** The pixels along a side, so many pixels within its cell. */
const pixelsAlong = ({ height, width }: GrayImage, side: Side, depth: number, textHeight: number): PixelLine => {
  const [across, along] = side.isLevel ? [height, width] : [width, height]
  const at = Math.round(side.edge) + side.inwards * depth
  const from = Math.max(0, Math.ceil(side.from + cornerInset * textHeight))
  const to = Math.min(along, Math.floor(side.to - cornerInset * textHeight))
  const count = at < 0 || at >= across ? 0 : Math.max(0, to - from)
  return side.isLevel ? { first: at * width + from, step: 1, count } : { first: from * width + at, step: width, count }
}

const groundOf = ({ data }: GrayImage, { count, first, step }: PixelLine): number => {
  const counts = noLevels()
  for (let i = 0, at = first; i < count; i++, at += step) counts[data[at]!]!++
  return medianLevel(counts, count)
}

/** How many pixels are ink on a ground. */
const inkAmong = ({ data }: GrayImage, { count, first, step }: PixelLine, ground: number): number => {
  let ink = 0
  for (let i = 0, at = first; i < count; i++, at += step) if (Math.abs(data[at]! - ground) > contrast) ink++
  return ink
}
