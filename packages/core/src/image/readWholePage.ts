import { Effect } from "effect"
import type { BoundingBox, PageImage, Rotation, Word } from "../document/Page.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import type { OcrPage } from "../ocr/OcrPage.ts"
import type { OcrProvider } from "../ocr/OcrProvider.ts"
import { type Homography, inverse, type Point, project } from "./homography.ts"
import { sumOf, turnBox } from "./turn.ts"

/** Has a whole page read in one call: words, and tables where the engine makes them out. */
export const readWholePage = (ocr: OcrProvider["Service"], image: PageImage): Effect.Effect<OcrPage, OcrError> =>
  ocr.recognizePage?.(image) ?? Effect.map(ocr.recognize(image), (words) => ({ words, tables: [] }))

/** How far a page is to be turned clockwise so that most of its writing stands upright. */
export const uprightTurn = (words: ReadonlyArray<Word>): Rotation => {
  const letters = new Map<Rotation, number>([[0, 0]])
  for (const { rotation, text } of words) letters.set(rotation, (letters.get(rotation) ?? 0) + text.length)
  const [most] = [...letters].toSorted((a, b) => b[1] - a[1])[0]!
  return most === 90 ? 270 : most === 270 ? 90 : most
}

/** An image that was straightened before it was read. */
interface Straightened {
  /** From the straight image to what it was made of; null where they are the same. */
  readonly toImage: Homography | null
}

/**
 * What was read on the straightened form `from` of an image, as it stands on `to`, the straightened form of the same
 * image turned clockwise.
 *
 * @param unturned Size of the image that both were made of, before the turn.
 */
export const turnRead = (
  page: OcrPage,
  rotation: Rotation,
  unturned: Pick<PageImage, "widthPx" | "heightPx">,
  from: Straightened,
  to: Straightened
): OcrPage => {
  const back = to.toImage && inverse(to.toImage)
  const move = (box: BoundingBox) => through(back, turnBox(through(from.toImage, box), unturned, rotation))
  return {
    words: page.words.map((word) => ({ ...word, box: move(word.box), rotation: sumOf(word.rotation, rotation) })),
    tables: page.tables.map(({ cells }) => ({ cells: cells.map((cell) => ({ ...cell, box: move(cell.box) })) }))
  }
}

/** The upright box around where a box goes. */
const through = (h: Homography | null, box: BoundingBox): BoundingBox => {
  if (h === null) return box
  const { height, width, x, y } = box
  const corners: ReadonlyArray<Point> = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height]
  ]
  const [xs, ys] = [0, 1].map((axis) => corners.map((corner) => project(h, corner)[axis]!))
  const [left, top] = [Math.min(...xs!), Math.min(...ys!)]
  return { x: left, y: top, width: Math.max(...xs!) - left, height: Math.max(...ys!) - top }
}
