import { type BoundingBox, type PageImage, ResponseMalformed, type Word } from "@timegrid/core"
import { Effect } from "effect"
import { boxOf, type Polygon, partOf, rotationOf } from "./Polygon.ts"

/** A word as a service states it. */
export interface StatedWord {
  readonly text: string
  /** In pixels of the image. */
  readonly polygon: Polygon
  /** 0 to 1; what lies outside is taken for the nearer end. */
  readonly confidence: number
}

/**
 * The words of a page as the page model has them: no control characters and no white space inside, boxes within the
 * image. A word that lies wholly outside shows that the boxes are of another image: then the answer is malformed.
 */
export const pageWords = (
  stated: ReadonlyArray<StatedWord>,
  image: PageImage,
  engine: string
): Effect.Effect<ReadonlyArray<Word>, ResponseMalformed> =>
  Effect.forEach(stated.flatMap(split), ({ confidence, polygon, text }) => {
    const box = clip(boxOf(polygon), image)
    if (box === null)
      return Effect.fail(new ResponseMalformed({ cause: new RangeError("a word lies outside of the page") }))
    const rotation = rotationOf(polygon)
    const fontSizePx = rotation % 180 === 0 ? box.height : box.width
    const word: Word = {
      text,
      box,
      rotation,
      confidence: Math.min(1, Math.max(0, confidence)),
      source: "ocr",
      engine,
      style: { fontSizePx, bold: false, italic: false, color: null }
    }
    return Effect.succeed(word)
  })

/** Characters without a shape: controls, and marks that only steer how text runs or breaks. */
const shapeless = /[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** Parts between white space, each with its share of the box. */
const split = ({ text, ...word }: StatedWord): ReadonlyArray<StatedWord> => {
  const clean = text.replaceAll(/[\t\n\v\f\r]/g, " ").replaceAll(shapeless, "")
  return [...clean.matchAll(/\S+/gu)].map(({ 0: part, index }) => ({
    ...word,
    text: part,
    polygon:
      part.length === clean.length
        ? word.polygon
        : partOf(word.polygon, index / clean.length, (index + part.length) / clean.length)
  }))
}

/** What of a box lies on the image, at least a pixel each way; null where nothing does. */
const clip = ({ height, width, x, y }: BoundingBox, { heightPx, widthPx }: PageImage): BoundingBox | null => {
  if (x >= widthPx || y >= heightPx || x + width < 0 || y + height < 0) return null
  const left = Math.min(Math.max(0, x), widthPx - 1)
  const top = Math.min(Math.max(0, y), heightPx - 1)
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.min(widthPx, x + width) - left),
    height: Math.max(1, Math.min(heightPx, y + height) - top)
  }
}
