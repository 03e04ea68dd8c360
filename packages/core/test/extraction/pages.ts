import type { BoundingBox, Page, Word } from "../../src/index.ts"

/** A word of 40 × 20 pixels. */
export const word = (text: string, x: number, y: number): Word => ({
  text,
  box: { x, y, width: 40, height: 20 },
  rotation: 0,
  confidence: 1,
  source: "native",
  engine: "test",
  style: null
})

/** A page of 1000 × 1000 pixels. */
export const page = (changed: Partial<Page> = {}): Page => ({
  pageNumber: 1,
  widthPx: 1000,
  heightPx: 1000,
  rotation: 0,
  pointsPerPixel: null,
  words: [],
  rules: [],
  fills: [],
  images: [],
  tables: null,
  toImage: null,
  ...changed
})

/** The whole of {@link page}. */
export const wholePage: BoundingBox = { x: 0, y: 0, width: 1000, height: 1000 }
