import { gunzipSync } from "node:zlib"
import type { PageImage } from "@timegrid/core"
import * as lettering from "./fixtures/lettering.ts"

/** A rendered page and what is printed on it. */
export interface PageFixture {
  readonly image: PageImage
  /** In reading order. */
  readonly words: ReadonlyArray<string>
}

/** A page image with a drawn table. */
export interface TableFixture extends PageFixture {
  /** x of the column borders in pixels, from left to right. */
  readonly columnEdges: ReadonlyArray<number>
  /** y of the row borders in pixels, from top to bottom. */
  readonly rowEdges: ReadonlyArray<number>
  /** What stands in each cell, row by row. */
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
}

interface Lettering {
  readonly widthPx: number
  readonly heightPx: number
  readonly words: ReadonlyArray<string>
  readonly gzip: string
}

const decode = ({ gzip, heightPx, widthPx, words }: Lettering, pageNumber: number): PageFixture => {
  const data = new Uint8Array(gunzipSync(Buffer.from(gzip, "base64")))
  return { image: { pageNumber, widthPx, heightPx, channels: 1, data }, words }
}

/** A white page of 420 × 240 gray pixels with nothing on it. */
export const blankPage: PageImage = {
  pageNumber: 1,
  widthPx: 420,
  heightPx: 240,
  channels: 1,
  data: new Uint8Array(420 * 240).fill(255)
}

/** A heading and three lessons in four lines, black on white, 32 px high. Page 1. */
export const mondayMaths: PageFixture = decode(lettering.mondayMaths, 1)

/** One line with a day, a time and a name. Page 2. */
export const lineOfText: PageFixture = decode(lettering.lineOfText, 2)

/** One line that shares no word with {@link lineOfText}. Page 3. */
export const anotherLine: PageFixture = decode(lettering.anotherLine, 3)

/** A table of three rows and columns, each cell with one word. Page 4. */
export const dayGrid: TableFixture = {
  ...decode(lettering.dayGrid, 4),
  columnEdges: lettering.dayGrid.columnEdges,
  rowEdges: lettering.dayGrid.rowEdges,
  rows: lettering.dayGrid.rows
}

/** The same picture with three channels. */
export const inColour = (image: PageImage): PageImage => {
  const data = new Uint8Array(image.widthPx * image.heightPx * 3)
  for (let index = 0; index < data.length; index++) data[index] = image.data[Math.floor(index / 3)]!
  return { ...image, channels: 3, data }
}
