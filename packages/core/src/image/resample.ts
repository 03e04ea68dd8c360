import type { Rotation } from "../document/Page.ts"
import type { GrayImage } from "./gray.ts"

/** From so many pixels to one on, the nearest alone do not tell what the pixel is like. */
const reducingFrom = 1.5

/**
 * An image turned back by `rotation` and scaled: bilinear when enlarging, the mean of a square of pixels when reducing.
 * Rows and columns stay such, so the places along each are worked out once and not for every pixel.
 */
export const resample = (image: GrayImage, rotation: Rotation, scale: number): GrayImage => {
  const isTurned = rotation % 180 !== 0
  const sizeOf = (length: number) => Math.max(1, Math.round(length * scale))
  const [columns, rows] = [sizeOf(image.width), sizeOf(image.height)]
  const [width, height] = isTurned ? [rows, columns] : [columns, rows]
  const target: Target = {
    data: new Uint8Array(width * height),
    columnStep: isTurned ? width : 1,
    rowStep: isTurned ? 1 : width
  }
  // The upright image runs against the columns or rows of the turned one where it lies the other way round.
  const xs = placesOf(columns, image.width, scale, rotation === 90 || rotation === 180)
  const ys = placesOf(rows, image.height, scale, rotation === 180 || rotation === 270)
  if (1 / scale > reducingFrom) fillMeans(target, image, xs, ys, 1 / scale)
  else fillBetween(target, image, xs, ys)
  return { width, height, data: target.data }
}

/** What is filled, and how far apart columns and rows of the source end up in it. */
interface Target {
  readonly data: Uint8Array
  readonly columnStep: number
  readonly rowStep: number
}

/** Where `count` pixels of the target lie on an axis of the source, `length` pixels long. */
const placesOf = (count: number, length: number, scale: number, isBackwards: boolean): Float64Array => {
  const places = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const place = (i + 0.5) / scale
    places[i] = (isBackwards ? length - place : place) - 0.5
  }
  return places
}

const fillBetween = (target: Target, { data, height, width }: GrayImage, xs: Float64Array, ys: Float64Array): void => {
  const lefts = new Int32Array(xs.length)
  const shares = new Float64Array(xs.length)
  for (let i = 0; i < xs.length; i++) {
    lefts[i] = Math.min(width - 1, Math.max(0, Math.floor(xs[i]!)))
    shares[i] = Math.min(1, Math.max(0, xs[i]! - lefts[i]!))
  }
  for (let row = 0; row < ys.length; row++) {
    const top = Math.min(height - 1, Math.max(0, Math.floor(ys[row]!)))
    const fy = Math.min(1, Math.max(0, ys[row]! - top))
    const upperRow = top * width
    const lowerRow = Math.min(height - 1, top + 1) * width
    let at = row * target.rowStep
    for (let column = 0; column < lefts.length; column++, at += target.columnStep) {
      const left = lefts[column]!
      const right = left + 1 < width ? left + 1 : left
      const fx = shares[column]!
      const upper = data[upperRow + left]! * (1 - fx) + data[upperRow + right]! * fx
      const lower = data[lowerRow + left]! * (1 - fx) + data[lowerRow + right]! * fx
      target.data[at] = upper * (1 - fy) + lower * fy
    }
  }
}

const fillMeans = (
  target: Target,
  { data, height, width }: GrayImage,
  xs: Float64Array,
  ys: Float64Array,
  side: number
): void => {
  const [lefts, rights] = reachesOf(xs, side, width)
  const [tops, bottoms] = reachesOf(ys, side, height)
  for (let row = 0; row < ys.length; row++) {
    let at = row * target.rowStep
    for (let column = 0; column < xs.length; column++, at += target.columnStep) {
      const left = lefts[column]!
      const right = rights[column]!
      let sum = 0
      for (let y = tops[row]!; y <= bottoms[row]!; y++) {
        for (let x = left; x <= right; x++) sum += data[y * width + x]!
      }
      const count = Math.max(0, right - left + 1) * Math.max(0, bottoms[row]! - tops[row]! + 1)
      target.data[at] = count === 0 ? 255 : sum / count
    }
  }
}

/** First and last pixels of stretches of `side` around places. */
const reachesOf = (places: Float64Array, side: number, length: number): readonly [Int32Array, Int32Array] => [
  Int32Array.from(places, (place) => Math.max(0, Math.round(place - side / 2))),
  Int32Array.from(places, (place) => Math.min(length - 1, Math.round(place + side / 2)))
]
