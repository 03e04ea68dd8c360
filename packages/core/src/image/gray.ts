import type { PageImage } from "../document/Page.ts"
import { oncePer } from "../internal/oncePer.ts"

/** One byte a pixel, 0 black to 255 white, rows from top to bottom. */
export interface GrayImage {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** The brightness of an image (Rec. 601 weights in 8-bit fixed point). */
export const toGray = oncePer(({ channels, data, heightPx: height, widthPx: width }: PageImage): GrayImage => {
  if (channels === 1) return { width, height, data }
  const gray = new Uint8Array(width * height)
  for (let i = 0, k = 0; i < gray.length; i++, k += 3) {
    gray[i] = (77 * data[k]! + 150 * data[k + 1]! + 29 * data[k + 2]!) >> 8
  }
  return { width, height, data: gray }
})

/** Rows become columns, so that what reads along rows reads along columns. Tiled, to stay within the cache. */
export const transpose = oncePer(({ width, height, data }: GrayImage): GrayImage => {
  const turned = new Uint8Array(width * height)
  const tile = 32
  for (let top = 0; top < height; top += tile) {
    const bottom = Math.min(height, top + tile)
    for (let left = 0; left < width; left += tile) {
      const right = Math.min(width, left + tile)
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) turned[x * height + y] = data[y * width + x]!
      }
    }
  }
  return { width: height, height: width, data: turned }
})

/** Mean along each row over `2 * radius + 1` pixels, fewer at the borders. */
export const blurRows = ({ width, height, data }: GrayImage, radius: number): GrayImage => {
  if (radius < 1) return { width, height, data }
  const blurred = new Uint8Array(data.length)
  const inverse = 1 / (2 * radius + 1)
  for (let y = 0; y < height; y++) {
    const row = y * width
    let [sum, count] = [0, 0]
    for (let x = 0; x < Math.min(radius, width); x++) {
      sum += data[row + x]!
      count++
    }
    const firstWhole = Math.min(width, radius + 1)
    const afterWhole = Math.max(firstWhole, width - radius)
    for (let x = 0; x < firstWhole; x++) {
      if (x + radius < width) {
        sum += data[row + x + radius]!
        count++
      }
      blurred[row + x] = sum / count
    }
    for (let at = row + firstWhole; at < row + afterWhole; at++) {
      sum += data[at + radius]! - data[at - radius - 1]!
      // Half a level more than the sum, so that no rounding of the inverse reaches the next lower mean.
      blurred[at] = (sum + 0.5) * inverse
    }
    for (let x = afterWhole; x < width; x++) {
      sum -= data[row + x - radius - 1]!
      count--
      blurred[row + x] = sum / count
    }
  }
  return { width, height, data: blurred }
}
