import type { BoundingBox } from "../document/Page.ts"
import { type Run, runsOf } from "./components.ts"
import type { GrayImage } from "./gray.ts"

/** The writing of a region: which pixels are ink, and what brightness ink and ground have. */
export interface Ink {
  /** The region in pixels of the image, in whole numbers. */
  readonly box: BoundingBox
  /** Its pixels, row by row. */
  readonly runs: ReadonlyArray<Run>
  readonly ground: number
  /** Brightness of the strongest ink. */
  readonly tone: number
}

/** Ink differs from its ground by at least so many of 256 levels; less is noise or a watermark. */
const leastContrast = 28
/** Ink is what reaches this share of the strongest contrast: above highlights, below gray notes beside black names. */
const inkShare = 0.32

/**
 * Parts ink from ground in a region. The ground is its most frequent brightness; ink may be darker or lighter. null
 * where nothing is written. Ink is found in `around`, the region itself by default, by the measures of the region.
 */
export const inkOf = (gray: GrayImage, region: BoundingBox, around = region): Ink | null => {
  const inner = clipped(region, gray)
  if (inner.width < 2 || inner.height < 2) return null
  const histogram = histogramOf(gray, inner)
  const total = inner.width * inner.height
  const ground = mode(histogram)
  const dark = deviation(histogram, ground, -1, total)
  const light = deviation(histogram, ground, 1, total)
  const [sign, contrast] = dark >= light ? [-1, dark] : [1, light]
  const least = Math.max(leastContrast, noiseFactor * noise(histogram, ground, total))
  if (contrast < least) return null
  const threshold = Math.max(0.8 * least, inkShare * contrast)
  const box = clipped(around, gray)
  const isInk = Uint8Array.from({ length: 256 }, (_, level) => (sign * (level - ground) > threshold ? 1 : 0))
  return { box, runs: runsOf(gray, box, isInk), ground, tone: ground + sign * contrast }
}

/** Ink stands out from its ground by so many times the ground's own spread. */
const noiseFactor = 3.2
const spreadOfNormal = 0.6745

/** Standard deviation of the ground, from the half of all pixels nearest to it, so that ink does not count. */
const noise = (histogram: Uint32Array, ground: number, total: number): number => {
  let sum = histogram[ground]!
  let reach = 0
  while (2 * sum < total && reach < 255) {
    reach++
    sum += (histogram[ground - reach] ?? 0) + (histogram[ground + reach] ?? 0)
  }
  return reach / spreadOfNormal
}

const clipped = ({ x, y, width, height }: BoundingBox, gray: GrayImage): BoundingBox => {
  const [left, top] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))]
  const right = Math.min(gray.width, Math.round(x + width))
  const bottom = Math.min(gray.height, Math.round(y + height))
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
}

const histogramOf = ({ data, width }: GrayImage, box: BoundingBox): Uint32Array => {
  const histogram = new Uint32Array(256)
  for (let y = box.y; y < box.y + box.height; y++) {
    const row = y * width + box.x
    for (let at = row; at < row + box.width; at++) histogram[data[at]!]!++
  }
  return histogram
}

/** The most frequent brightness, counted with its neighbours so that noise does not split it. */
const mode = (histogram: Uint32Array): number => {
  let [best, at] = [-1, 255]
  for (let i = 255; i >= 0; i--) {
    let sum = 0
    for (let k = Math.max(0, i - 4); k <= Math.min(255, i + 4); k++) sum += histogram[k]!
    if (sum > best || (sum === best && histogram[i]! > histogram[at]!)) [best, at] = [sum, i]
  }
  return at
}

/** Writing covers at least this share of its region; what is rarer is specks. */
const leastShare = 0.002

/** How far the tail of a histogram on one side of the ground reaches, specks left out. */
const deviation = (histogram: Uint32Array, ground: number, sign: number, total: number): number => {
  const wanted = Math.max(6, leastShare * total)
  let sum = 0
  for (let i = sign < 0 ? 0 : 255; i !== ground; i -= sign) {
    sum += histogram[i]!
    if (sum >= wanted) return Math.abs(i - ground)
  }
  return 0
}
