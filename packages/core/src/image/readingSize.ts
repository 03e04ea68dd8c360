import type { BoundingBox, PageImage, Rule, Word } from "../document/Page.ts"
import type { Table } from "../table/Table.ts"
import { toGray } from "./gray.ts"
import type { Homography } from "./homography.ts"
import { enlarge, halveImage } from "./resize.ts"
import { textHeight } from "./textHeight.ts"

/** An image at a size that suits reading, and how many of its pixels make one of the original's, in each direction. */
export interface SizedImage {
  readonly image: PageImage
  readonly scale: number
}

/** Lines lower than two thirds of this are enlarged towards it: strokes of letters and borders need a pixel each. */
const wantedTextHeight = 20
const largestFactor = 3
/** No page is enlarged beyond so many pixels; what has that many shows its letters large enough. */
const enoughPixels = 6_000_000
/** Photos beyond so many pixels are reduced first: time grows with pixels, what can be read does not. */
const tooManyPixels = 12_000_000

/** Reduces photographs and enlarges small screenshots, by whole factors so that thin lines stay sharp. */
export const atReadingSize = (image: PageImage): SizedImage => {
  let sized = image
  let scale = 1
  while (sized.widthPx * sized.heightPx > tooManyPixels) {
    sized = halveImage(sized)
    scale /= 2
  }
  const room = Math.floor(Math.sqrt(enoughPixels / (sized.widthPx * sized.heightPx)))
  if (room < 2) return { image: sized, scale }
  const wanted = Math.round(wantedTextHeight / textHeight(toGray(sized)))
  const factor = Math.min(largestFactor, room, wanted)
  return factor < 2 ? { image: sized, scale } : { image: enlarge(sized, factor), scale: scale * factor }
}

/** What was found on a page. */
interface Found {
  readonly words: ReadonlyArray<Word>
  readonly rules: ReadonlyArray<Rule>
  readonly tables: ReadonlyArray<Table>
  readonly toImage: Homography | null
}

/** What was found on the sized image, in pixels of the original. */
export const inOriginalPixels = (found: Found, scale: number): Found => {
  if (scale === 1) return found
  const words = new Map(found.words.map((word) => [word, wordIn(word, scale)]))
  return {
    words: [...words.values()],
    rules: found.rules.map((rule) => ({
      ...rule,
      position: rule.position / scale,
      from: rule.from / scale,
      to: rule.to / scale,
      thickness: rule.thickness / scale
    })),
    tables: found.tables.map((table) => ({
      ...table,
      box: boxIn(table.box, scale),
      columnEdges: table.columnEdges.map((edge) => edge / scale),
      rowEdges: table.rowEdges.map((edge) => edge / scale),
      cells: table.cells.map((cell) => ({
        ...cell,
        box: boxIn(cell.box, scale),
        words: cell.words.map((word) => words.get(word) ?? wordIn(word, scale))
      }))
    })),
    toImage: found.toImage && rescaled(found.toImage, scale)
  }
}

const boxIn = ({ x, y, width, height }: BoundingBox, scale: number): BoundingBox => ({
  x: x / scale,
  y: y / scale,
  width: width / scale,
  height: height / scale
})

const wordIn = (word: Word, scale: number): Word => ({
  ...word,
  box: boxIn(word.box, scale),
  style: word.style && { ...word.style, fontSizePx: word.style.fontSizePx / scale }
})

/** The same map between planes whose points are divided by `scale`. */
const rescaled = (h: Homography, scale: number): Homography => [
  h[0]!,
  h[1]!,
  h[2]! / scale,
  h[3]!,
  h[4]!,
  h[5]! / scale,
  h[6]! * scale,
  h[7]! * scale,
  h[8]!
]
