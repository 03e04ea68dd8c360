import type { BoundingBox, PageImage } from "@timegrid/core"

/** An image without its page. */
export type Pixels = Omit<PageImage, "pageNumber">

/** For each target pixel the first source pixel that it is made of, and the weights of those from there on. */
interface Taps {
  readonly first: Int32Array
  readonly weights: Float32Array
  readonly count: number
}

/**
 * Weights of a triangle filter, which averages where it shrinks and interpolates where it grows. Source pixels beyond
 * the image count as its nearest ones.
 */
const tapsOf = (from: number, length: number, target: number): Taps => {
  const scale = length / target
  const reach = Math.max(1, scale)
  const count = 2 * Math.ceil(reach) + 1
  const first = new Int32Array(target)
  const weights = new Float32Array(target * count)
  for (let index = 0; index < target; index++) {
    const middle = from + (index + 0.5) * scale
    const start = Math.floor(middle - reach)
    let sum = 0
    for (let tap = 0; tap < count; tap++) {
      const weight = Math.max(0, 1 - Math.abs(start + tap + 0.5 - middle) / reach)
      weights[index * count + tap] = weight
      sum += weight
    }
    for (let tap = 0; tap < count; tap++) weights[index * count + tap]! /= sum
    first[index] = start
  }
  return { first, weights, count }
}

/**
 * A region of an image at another size, as planes of blue, green and red levels from 0 to 255, the order in which the
 * models were taught; gray fills all three. The region may reach beyond the image, whose edges are repeated there.
 */
export const resample = (pixels: Pixels, region: BoundingBox, widthPx: number, heightPx: number): Float32Array => {
  const { channels, data } = pixels
  const across = tapsOf(region.x, region.width, widthPx)
  const down = tapsOf(region.y, region.height, heightPx)
  const plane = widthPx * heightPx
  const planes = new Float32Array(3 * plane)
  const top = Math.min(...down.first)
  const rows = Math.max(...down.first) + down.count - top
  const narrowed = new Float32Array(rows * widthPx)
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < rows; row++) {
      const line = Math.min(pixels.heightPx - 1, Math.max(0, top + row)) * pixels.widthPx
      for (let x = 0; x < widthPx; x++) {
        let sum = 0
        for (let tap = 0; tap < across.count; tap++) {
          const column = Math.min(pixels.widthPx - 1, Math.max(0, across.first[x]! + tap))
          sum += across.weights[x * across.count + tap]! * data[(line + column) * channels + channel]!
        }
        narrowed[row * widthPx + x] = sum
      }
    }
    const to = (2 - channel) * plane
    for (let y = 0; y < heightPx; y++) {
      for (let tap = 0; tap < down.count; tap++) {
        const weight = down.weights[y * down.count + tap]!
        if (weight === 0) continue
        const from = (down.first[y]! - top + tap) * widthPx
        for (let x = 0; x < widthPx; x++) planes[to + y * widthPx + x]! += weight * narrowed[from + x]!
      }
    }
  }
  if (channels === 1) {
    planes.copyWithin(0, 2 * plane)
    planes.copyWithin(plane, 2 * plane)
  }
  return planes
}

/** The pixels of a region inside the image. */
export const crop = ({ channels, data, widthPx }: Pixels, { height, width, x, y }: BoundingBox): Pixels => {
  const cut = new Uint8Array(width * height * channels)
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * widthPx + x) * channels
    cut.set(data.subarray(from, from + width * channels), row * width * channels)
  }
  return { widthPx: width, heightPx: height, channels, data: cut }
}

/** The image turned by a quarter counter-clockwise, so that writing that reads downwards (90) becomes level. */
export const quarterTurn = ({ channels, data, heightPx, widthPx }: Pixels): Pixels => {
  const turned = new Uint8Array(data.length)
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const from = (y * widthPx + x) * channels
      const to = ((widthPx - 1 - x) * heightPx + y) * channels
      for (let channel = 0; channel < channels; channel++) turned[to + channel] = data[from + channel]!
    }
  }
  return { widthPx: heightPx, heightPx: widthPx, channels, data: turned }
}
