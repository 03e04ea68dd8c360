import type { BoundingBox, Page, PageImage } from "../../src/document/Page.ts"

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
