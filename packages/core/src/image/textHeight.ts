import { joinRuns, type Run } from "./components.ts"
import type { GrayImage } from "./gray.ts"

/** Letters are at least so many pixels high; less is noise. */
const leastHeight = 5
/** Capitals with their accents and descenders are about so many times as high as the median piece of writing. */
const lineShare = 1.35
/** Pixels on a row over which the ground is averaged, as a share of the page's width. */
const windowShare = 1 / 60
const contrast = 24

/**
 * Estimates the height of a line of writing on a page, in pixels: from the median height of pieces that have the shape
 * of letters, whichever of dark and light is rarer around them.
 */
export const textHeight = (gray: GrayImage): number => {
  const { width, height, data } = gray
  const usual = width / 70
  const radius = Math.max(8, Math.round(width * windowShare))
  const runs: Array<Run> = []
  for (let y = 0; y < height; y++) {
    const row = y * width
    let sum = 0
    for (let x = 0; x < Math.min(radius, width); x++) sum += data[row + x]!
    let count = Math.min(radius, width)
    let from = -1
    for (let x = 0; x < width; x++) {
      if (x + radius < width) {
        sum += data[row + x + radius]!
        count++
      }
      if (x > radius) {
        sum -= data[row + x - radius - 1]!
        count--
      }
      const ink = Math.abs(data[row + x]! - sum / count) > contrast && count * data[row + x]! < sum
      if (ink && from < 0) from = x
      if (!ink && from >= 0) {
        runs.push({ y, from, to: x })
        from = -1
      }
    }
    if (from >= 0) runs.push({ y, from, to: width })
  }
  const heights = joinRuns(runs)
    .filter(({ box, area }) => {
      const letter = box.height >= leastHeight && box.height <= height / 12 && box.width <= 3 * box.height
      return letter && box.width * 8 >= box.height && area * 8 >= box.width * box.height && area >= 8
    })
    .map(({ box }) => box.height)
    .toSorted((a, b) => a - b)
  if (heights.length < 12) return usual
  const typical = heights[heights.length >> 1]!
  return Math.min(width / 25, Math.max(width / 250, lineShare * typical))
}
