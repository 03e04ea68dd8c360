import type { BoundingBox, PageImage } from "../document/Page.ts"
import { type Homography, project } from "./homography.ts"

/** Levels within which a colour is the paper's white, shading and JPEG noise included. */
const nearWhite = 14
/** Levels within which a pixel is of the ground. */
const tolerance = 16

/**
 * The colour behind the writing of a cell as `#RRGGBB`, or null where it is the paper's. Where the image is not straight,
 * `toImage` leads there from the straight page, on which `box` is measured.
 */
export const fillColor = (
  image: PageImage,
  box: BoundingBox,
  paper: readonly [number, number, number],
  toImage: Homography | null = null
): string | null => {
  const color = groundColor(image, box, toImage)
  if (!color) return null
  const white = color.every((level) => level >= 255 - nearWhite)
  const same = color.every((level, i) => Math.abs(level - paper[i]!) <= nearWhite)
  return white || same ? null : hex(color)
}

/** The most frequent colour of a region, sampled; null for an empty one. `toImage` as for {@link fillColor}. */
export const groundColor = (
  image: PageImage,
  box: BoundingBox,
  toImage: Homography | null = null
): readonly [number, number, number] | null => {
  const samples = samplesOf(image, box, toImage)
  const typical = mostFrequent(samples)
  if (typical === null) return null
  let [count, red, green, blue] = [0, 0, 0, 0]
  for (const color of samples) {
    const isNear =
      Math.abs(redOf(color) - redOf(typical)) <= tolerance &&
      Math.abs(greenOf(color) - greenOf(typical)) <= tolerance &&
      Math.abs(blueOf(color) - blueOf(typical)) <= tolerance
    if (!isNear) continue
    count++
    red += redOf(color)
    green += greenOf(color)
    blue += blueOf(color)
  }
  return [Math.round(red / count), Math.round(green / count), Math.round(blue / count)]
}

/** The first of the samples that are roughly of the most frequent colour. */
const mostFrequent = (samples: Uint32Array): number | null => {
  const counts = new Uint16Array(16 ** 3)
  let most = 0
  for (const color of samples) most = Math.max(most, ++counts[roughly(color)]!)
  for (const color of samples) if (counts[roughly(color)] === most) return color
  return null
}

/** Some two thousand colours of a region as `0xRRGGBB`. */
const samplesOf = (image: PageImage, box: BoundingBox, toImage: Homography | null): Uint32Array => {
  const { heightPx, widthPx } = image
  const step = Math.max(1, Math.round(Math.sqrt((box.width * box.height) / 2_000)))
  const [left, top] = [Math.max(0, Math.round(box.x)), Math.max(0, Math.round(box.y))]
  const [right, bottom] = [Math.min(widthPx, box.x + box.width), Math.min(heightPx, box.y + box.height)]
  const across = Math.max(0, Math.ceil((right - left) / step))
  const samples = new Uint32Array(across * Math.max(0, Math.ceil((bottom - top) / step)))
  for (let y = top, at = 0; y < bottom; y += step) {
    for (let x = left; x < right; x += step) {
      const [u, v] = toImage === null ? [x, y] : project(toImage, [x, y])
      samples[at++] = colorAt(image, Math.round(u), Math.round(v))
    }
  }
  return samples
}

/** The colour of a pixel; what lies outside the image is white. */
const colorAt = ({ channels, data, heightPx, widthPx }: PageImage, x: number, y: number): number => {
  if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return white
  const at = (y * widthPx + x) * channels
  const [second, third] = channels === 1 ? [at, at] : [at + 1, at + 2]
  return (data[at]! << 16) | (data[second]! << 8) | data[third]!
}

const white = 0xffffff

const redOf = (color: number): number => color >> 16
const greenOf = (color: number): number => (color >> 8) & 0xff
const blueOf = (color: number): number => color & 0xff

/** The upper four bits of each level, so that noise does not split a colour. */
const roughly = (color: number): number => ((color >> 12) & 0xf00) | ((color >> 8) & 0xf0) | ((color >> 4) & 0xf)

/** A colour as `#RRGGBB`. */
export const hex = (color: readonly [number, number, number]): string =>
  `#${color
    .map((level) => level.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase()}`
