import { Effect } from "effect"
import type { Page, Rotation, Word } from "../document/Page.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import type { OcrProvider } from "../ocr/OcrProvider.ts"
import { cropLine, cropStacked, wordOnPage } from "./crop.ts"
import { withoutDecorations } from "./decorations.ts"
import type { PageLayout } from "./pageLayout.ts"
import { rotationsOf, type WritingLine } from "./writing.ts"

/** What was read of level lines already. */
export type KnownReadings = ReadonlyMap<WritingLine, ReadonlyArray<Word>>

/** Has the lines of all regions read; what is no writing in its region is left out. */
export const readRegions = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  layout: PageLayout,
  regions: ReadonlyArray<ReadonlyArray<WritingLine>>,
  known: KnownReadings = new Map()
): Effect.fn.Return<ReadonlyArray<Word>, OcrError> {
  const read = new Map(known)
  // The longest first: begun last, one of them would keep a single worker busy while the others have nothing to do.
  const waiting = regions.flat().filter((line) => !known.has(line))
  yield* Effect.forEach(
    waiting.toSorted((one, other) => lengthOf(other) - lengthOf(one)),
    (line) => Effect.map(readLine(ocr, page, layout, line), (words) => read.set(line, words)),
    { concurrency: ocr.concurrency, discard: true }
  )
  return regions.flatMap((region) => withoutDecorations(region.map((line) => read.get(line)!)))
})

/** How long a line is for its height, which is what reading it costs. */
const lengthOf = ({ box: { height, width } }: WritingLine): number =>
  Math.max(height, width) / Math.max(1, Math.min(height, width))

/** Lines are taken to be at least this share of the text height high. */
const leastLine = 0.7
/** A turned line is read the likelier way round first, and the other way where that gave nothing sure. */
const sureEnough = 0.6

const readLine = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  { gray, textHeight }: PageLayout,
  line: WritingLine
): Effect.fn.Return<ReadonlyArray<Word>, OcrError> {
  let best: ReadonlyArray<Word> = []
  if (line.direction === "stacked") {
    const crop = cropStacked(gray, line, page.pageNumber)
    const words = yield* ocr.recognize(crop.image, { layout: "line" })
    best = words.map((word) => wordOnPage(word, crop, 0))
    if (isSettled(best)) return best
  }
  for (const rotation of rotationsOf(line.direction)) {
    const words = yield* readTurned(ocr, page, gray, line, rotation, textHeight)
    if (surenessOf(words) > surenessOf(best)) best = words
    if (isSettled(best)) break
  }
  return best
})

/** Where two engines read different things, the line may well stand the other way round. */
const isSettled = (words: ReadonlyArray<Word>): boolean =>
  surenessOf(words) >= sureEnough && words.every(({ agreement }) => agreement !== false)

/** How sure the words of a line are, 0 to 1, each weighing what it is long; -1 for none. */
export const surenessOf = (words: ReadonlyArray<Word>): number => {
  let [sum, length] = [0, 0]
  for (const { confidence, text } of words) {
    sum += confidence * text.length
    length += text.length
  }
  return length === 0 ? -1 : sum / length
}

/** Reads a line that is turned by `rotation`. */
export const readTurned = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  gray: PageLayout["gray"],
  line: WritingLine,
  rotation: Rotation,
  textHeight: number
): Effect.fn.Return<ReadonlyArray<Word>, OcrError> {
  const height = rotation % 180 === 0 ? line.box.height : line.box.width
  // Small marks enlarged to the height of a line would be read as letters.
  const crop = cropLine(gray, line, rotation, Math.max(height, leastLine * textHeight), page.pageNumber)
  const words = yield* ocr.recognize(crop.image, { layout: "line" })
  return words.map((word) => wordOnPage(word, crop, rotation))
})
