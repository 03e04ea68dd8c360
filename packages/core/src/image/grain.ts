import type { GrayImage } from "./gray.ts"

const block = 8
/** Blocks looked at along each side of the page, at most. */
const samples = 60
/** The share of blocks taken to hold no writing. */
const blankShare = 0.3

/**
 * The grain of a page: the standard deviation of its blank parts, in levels of 256. 0 for a screenshot, one or two for
 * a clean scan, more where a camera, a moiré or JPEG left their marks.
 */
export const grainOf = ({ width, height, data }: GrayImage): number => {
  if (width < block || height < block) return 0
  const step = Math.max(block, Math.ceil(Math.max(width, height) / samples))
  const deviations: Array<number> = []
  for (let top = 0; top + block <= height; top += step) {
    for (let left = 0; left + block <= width; left += step) {
      let [sum, squares] = [0, 0]
      for (let y = top; y < top + block; y++) {
        for (let x = left; x < left + block; x++) {
          const level = data[y * width + x]!
          sum += level
          squares += level * level
        }
      }
      const mean = sum / (block * block)
      deviations.push(Math.sqrt(Math.max(0, squares / (block * block) - mean * mean)))
    }
  }
  return deviations.toSorted((a, b) => a - b)[Math.floor(blankShare * (deviations.length - 1))]!
}
