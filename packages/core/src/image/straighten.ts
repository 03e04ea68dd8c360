import type { PageImage } from "../document/Page.ts"
import { type Homography, type Point, rectangleToQuad } from "./homography.ts"
import type { Stroke } from "./strokes.ts"

/** Slope of lines as it changes across the page: `base + change * position`. */
interface Tilt {
  readonly base: number
  readonly change: number
}

/** Lines that stray by less than so many pixels from one side of the page to the other are straight. */
const straightEnough = 3
/** Lines that lean further away than this from the others belong to no table. */
const outlier = 0.02
const largestTilt = 0.3

/**
 * The map from the straight page to the image, as told by the slopes of the lines on it; null where the image is
 * straight or has too few lines to tell.
 */
export const straightening = (
  image: Pick<PageImage, "widthPx" | "heightPx">,
  level: ReadonlyArray<Stroke>,
  plumb: ReadonlyArray<Stroke>
): Homography | null => {
  const { widthPx: width, heightPx: height } = image
  const across = tiltOf(level, width / 12)
  if (!across) return null
  // Without plumb lines the page is taken to be turned, not seen from the side.
  const down = tiltOf(plumb, height / 12) ?? { base: -at(across, height / 2), change: 0 }
  const strays = [at(across, 0) * width, at(across, height) * width, at(down, 0) * height, at(down, width) * height]
  if (strays.every((stray) => Math.abs(stray) < straightEnough)) return null
  const corner = (y: number, x: number): Point => {
    const [level, plumb] = [at(across, y), at(down, x)]
    // Line y = Y + level (x - W/2) meets line x = X + plumb (y - H/2).
    const meetX = (x + plumb * (y - (level * width) / 2 - height / 2)) / (1 - level * plumb)
    return [meetX, y + level * (meetX - width / 2)]
  }
  return rectangleToQuad(width, height, [corner(0, 0), corner(0, width), corner(height, width), corner(height, 0)])
}

const at = ({ base, change }: Tilt, position: number): number => base + change * position

const tiltOf = (strokes: ReadonlyArray<Stroke>, leastLength: number): Tilt | null => {
  const long = strokes.filter(({ from, to, slope }) => to - from >= leastLength && Math.abs(slope) < largestTilt)
  if (long.length < 2) return null
  const typical = weightedMedian(long.map(({ slope, from, to }) => [slope, to - from]))
  const fitting = long.filter(({ slope }) => Math.abs(slope - typical) < outlier)
  let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0]
  for (const { from, to, slope, intercept } of fitting) {
    // The slope of a stroke is as sure as it is long, the more so the longer.
    const weight = (to - from) ** 2
    const position = intercept + (slope * (from + to)) / 2
    n += weight
    sx += weight * position
    sy += weight * slope
    sxx += weight * position * position
    sxy += weight * position * slope
  }
  const spread = sxx - (sx * sx) / n
  const change = fitting.length >= 4 && spread > 0 ? (sxy - (sx * sy) / n) / spread : 0
  return { base: (sy - change * sx) / n, change }
}

const weightedMedian = (values: ReadonlyArray<readonly [value: number, weight: number]>): number => {
  const sorted = values.toSorted((a, b) => a[0] - b[0])
  const half = sorted.reduce((sum, [, weight]) => sum + weight, 0) / 2
  let sum = 0
  for (const [value, weight] of sorted) {
    sum += weight
    if (sum >= half) return value
  }
  return sorted.at(-1)![0]
}

/** The straight page, taken from the image by bilinear interpolation; what lies outside the image is white. */
export const warp = (image: PageImage, toImage: Homography): PageImage => {
  const straight = new Uint8Array(image.data.length).fill(255)
  for (let channel = 0; channel < image.channels; channel++) warpChannel(image, channel, toImage, straight)
  return { ...image, data: straight }
}

const warpChannel = (
  { channels, data, heightPx: height, widthPx: width }: PageImage,
  channel: number,
  toImage: Homography,
  straight: Uint8Array
): void => {
  const stride = width * channels
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0, i = 1] = toImage
  for (let y = 0, target = channel; y < height; y++) {
    // As `project` has it; a call and a pair for each pixel would take most of the time.
    const [rowU, rowV, rowW] = [b * y + c, e * y + f, h * y + i]
    for (let x = 0; x < width; x++, target += channels) {
      const w = 1 / (g * x + rowW)
      const u = (a * x + rowU) * w
      const v = (d * x + rowV) * w
      if (!(u >= 0 && v >= 0 && u < width - 1 && v < height - 1)) continue
      // Of what is not negative the whole part is the floor.
      const left = u | 0
      const top = v | 0
      const fx = u - left
      const upper = top * stride + left * channels + channel
      const lower = upper + stride
      const above = data[upper]! + (data[upper + channels]! - data[upper]!) * fx
      const below = data[lower]! + (data[lower + channels]! - data[lower]!) * fx
      straight[target] = above + (below - above) * (v - top)
    }
  }
}
