import type { BoundingBox } from "@timegrid/core"
import type { Pixels } from "./pixels.ts"

/** What share of the greatest contrast a pixel must reach to be writing. */
const inkShare = 0.35

/** Levels that count as one when the background is looked for, to either side: paper is grainy. */
const backgroundReach = 6

/** Room around a line, as a share of its height; the recogniser loses letters of lines with half their height and more. */
const roomShare = 0.2

/** A dash or a dot alone must not grow to the height of a line. */
const leastHeightShare = 0.5

/** A gap between letters from this share of the line's height on is a space; between digits it comes to a quarter. */
const spaceShare = 0.28

/** Green alone is close to luminance. */
const levelAt = ({ channels, data }: Pixels, index: number): number =>
  data[index * channels + (channels === 3 ? 1 : 0)]!

const backgroundOf = (pixels: Pixels): number => {
  const counts = new Uint32Array(256)
  for (let index = 0; index < pixels.widthPx * pixels.heightPx; index++) counts[levelAt(pixels, index)]!++
  let background = 0
  let most = 0
  for (let level = 0; level < 256; level++) {
    let near = 0
    for (let each = level - backgroundReach; each <= level + backgroundReach; each++) near += counts[each] ?? 0
    if (near > most) {
      background = level
      most = near
    }
  }
  return background
}

/** Marks what stands out from the background, dark on light or light on dark, a byte a pixel. */
const inkOf = (pixels: Pixels): Uint8Array => {
  const background = backgroundOf(pixels)
  const contrasts = new Uint8Array(pixels.widthPx * pixels.heightPx)
  let most = 0
  for (let index = 0; index < contrasts.length; index++) {
    const contrast = Math.abs(levelAt(pixels, index) - background)
    contrasts[index] = contrast
    if (contrast > most) most = contrast
  }
  return contrasts.map((contrast) => Number(contrast > inkShare * most))
}

/** The box of the writing in an image; the whole image where nothing stands out. */
export const inkBox = (pixels: Pixels): BoundingBox => boxOf(inkOf(pixels), pixels)

const boxOf = (ink: Uint8Array, { heightPx, widthPx }: Pixels): BoundingBox => {
  let left = widthPx
  let right = 0
  let top = heightPx
  let bottom = 0
  for (let y = 0, index = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, index++) {
      if (ink[index] === 0) continue
      if (x < left) left = x
      if (x >= right) right = x + 1
      if (y < top) top = y
      bottom = y + 1
    }
  }
  return right > left
    ? { x: left, y: top, width: right - left, height: bottom - top }
    : { x: 0, y: 0, width: widthPx, height: heightPx }
}

/** What is known of a line before it is read. */
export interface LineShape {
  /** What the recogniser should see; it may reach beyond the image. */
  readonly region: BoundingBox
  /** The middles of the gaps that are wide enough for a space, in pixels of the image. */
  readonly gaps: ReadonlyArray<number>
}

/** The shape of the one line of writing in an image. */
export const lineShape = (pixels: Pixels): LineShape => {
  const ink = inkOf(pixels)
  const box = boxOf(ink, pixels)
  const height = Math.max(box.height, leastHeightShare * pixels.heightPx)
  const room = roomShare * height
  const region = {
    x: box.x - room,
    y: box.y + (box.height - height) / 2 - room,
    width: box.width + 2 * room,
    height: height + 2 * room
  }
  return { region, gaps: gapsOf(ink, pixels.widthPx, box, spaceShare * height) }
}

const gapsOf = (ink: Uint8Array, widthPx: number, box: BoundingBox, leastPx: number): ReadonlyArray<number> => {
  const gaps: Array<number> = []
  let end = box.x
  for (let x = box.x; x < box.x + box.width; x++) {
    let y = box.y
    while (y < box.y + box.height && ink[y * widthPx + x] === 0) y++
    if (y === box.y + box.height) continue
    if (x - end >= leastPx) gaps.push((x + end) / 2)
    end = x + 1
  }
  return gaps
}
