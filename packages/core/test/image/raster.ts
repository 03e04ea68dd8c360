import type { BoundingBox, Page, PageImage } from "../../src/document/Page.ts"
import type { GrayImage } from "../../src/image/gray.ts"
import type { Point } from "../../src/image/homography.ts"

/** A gray page to draw on, with pixels of its own. */
export interface Raster extends PageImage {
  readonly channels: 1
}

export const raster = (widthPx: number, heightPx: number, ground = 255): Raster => ({
  pageNumber: 1,
  widthPx,
  heightPx,
  channels: 1,
  data: new Uint8Array(widthPx * heightPx).fill(ground)
})

/** The pixels of a raster as brightness. */
export const grayOf = ({ widthPx: width, heightPx: height, data }: Raster): GrayImage => ({ width, height, data })

/** Numbers from 0 to 1 that are the same for the same seed (Numerical Recipes' linear congruences). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Fills a rectangle; what lies outside the page is left out. */
export const paint = (image: Raster, { x, y, width, height }: BoundingBox, level: number): void => {
  const right = Math.min(image.widthPx, x + width)
  for (let row = Math.max(0, y); row < Math.min(image.heightPx, y + height); row++) {
    image.data.fill(level, row * image.widthPx + Math.max(0, x), row * image.widthPx + right)
  }
}

/** Draws the four sides of a box, each `thickness` pixels inwards. */
export const frame = (image: Raster, { x, y, width, height }: BoundingBox, thickness = 1, level = 0): void => {
  paint(image, { x, y, width, height: thickness }, level)
  paint(image, { x, y: y + height - thickness, width, height: thickness }, level)
  paint(image, { x, y, width: thickness, height }, level)
  paint(image, { x: x + width - thickness, y, width: thickness, height }, level)
}

/**
 * Draws something of the shape of a word: letters as frames, `letterHeight` high and two thirds as wide, whose top left
 * corner is given.
 */
export const word = (image: Raster, x: number, y: number, letters: number, letterHeight: number, level = 0): void => {
  const width = Math.round((letterHeight * 2) / 3)
  const stroke = Math.max(1, Math.round(letterHeight / 7))
  const advance = width + Math.max(2, stroke)
  for (let letter = 0; letter < letters; letter++) {
    frame(image, { x: x + letter * advance, y, width, height: letterHeight }, stroke, level)
  }
}

/** A copy whose pixels are each moved by up to `levels`, as JPEG and cameras do. */
export const noisy = (image: Raster, levels: number, random: () => number): Raster => ({
  ...image,
  data: image.data.map((level) => Math.max(0, Math.min(255, Math.round(level + (2 * random() - 1) * levels))))
})

/** A copy with single black and white pixels strewn over a share of it. */
export const salted = (image: Raster, share: number, random: () => number): Raster => {
  const data = image.data.slice()
  for (let i = 0; i < share * data.length; i++) data[Math.floor(random() * data.length)] = random() < 0.5 ? 0 : 255
  return { ...image, data }
}

/** A copy as seen elsewhere: each pixel is taken from where `source` points, bilinearly, white outside. */
export const seen = (image: Raster, source: (point: Point) => Point): Raster => {
  const { widthPx: width, heightPx: height, data } = image
  const level = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 255 : data[y * width + x]!
  const turned = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = source([x, y])
      const [left, top] = [Math.floor(u), Math.floor(v)]
      const [fx, fy] = [u - left, v - top]
      const upper = level(left, top) * (1 - fx) + level(left + 1, top) * fx
      const lower = level(left, top + 1) * (1 - fx) + level(left + 1, top + 1) * fx
      turned[y * width + x] = Math.round(upper * (1 - fy) + lower * fy)
    }
  }
  return { ...image, data: turned }
}

/** Turns points about the middle of a page by so many degrees, clockwise as seen on it. */
export const turn =
  ({ widthPx, heightPx }: PageImage, degrees: number) =>
  ([x, y]: Point): Point => {
    const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
    const [dx, dy] = [x - widthPx / 2, y - heightPx / 2]
    return [widthPx / 2 + cos * dx - sin * dy, heightPx / 2 + sin * dx + cos * dy]
  }

/** A copy of a page laid on the scanner at an angle, in degrees clockwise. */
export const skewed = (image: Raster, degrees: number): Raster => seen(image, turn(image, -degrees))

/** The page of an image, as a reader of image files states it. */
export const pageOf = ({ widthPx, heightPx }: PageImage): Page => ({
  pageNumber: 1,
  widthPx,
  heightPx,
  rotation: 0,
  pointsPerPixel: null,
  words: [],
  rules: [],
  fills: [],
  images: [{ x: 0, y: 0, width: widthPx, height: heightPx }],
  tables: null,
  toImage: null
})
