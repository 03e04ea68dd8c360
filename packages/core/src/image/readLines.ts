import { Effect } from "effect"
import type { Page, PageImage, Rotation, Word } from "../document/Page.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import type { OcrProvider } from "../ocr/OcrProvider.ts"
import { joinCloseWords } from "./closeWords.ts"
import { cropLine, cropStacked, wordOnPage } from "./crop.ts"
import { withoutDecorations } from "./decorations.ts"
import type { PageLayout } from "./pageLayout.ts"
import { rotationsOf, type WritingLine } from "./writing.ts"

/** What was read of lines already. */
export type KnownReadings = ReadonlyMap<WritingLine, ReadonlyArray<Word>>

/** How a line is shown to the reader, other than at the size and with the tones that suit most. */
export interface Look {
  /** How many times the usual size. */
  readonly enlargement: number
  /** The level that a pixel is shown with, 0 to 255. */
  readonly tone: (level: number) => number
}

/** Has all lines read that are not known yet. */
export const readLines = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  layout: PageLayout,
  lines: ReadonlyArray<WritingLine>,
  known: KnownReadings = new Map()
): Effect.fn.Return<KnownReadings, OcrError> {
  const read = new Map(known)
  // The longest first: begun last, one of them would keep a single worker busy while the others have nothing to do.
  const waiting = lines.filter((line) => !known.has(line))
  yield* Effect.forEach(
    waiting.toSorted((one, other) => lengthOf(other) - lengthOf(one)),
    (line) => Effect.map(readLine(ocr, page, layout, line), (words) => read.set(line, words)),
    { concurrency: ocr.concurrency, discard: true }
  )
  return read
})

/** The words of all regions, in their order; what is no writing in its region is left out. */
export const wordsOf = (
  regions: ReadonlyArray<ReadonlyArray<WritingLine>>,
  readings: KnownReadings
): ReadonlyArray<Word> =>
  regions.flatMap((region) => withoutDecorations(region.map((line) => readings.get(line) ?? [])))

/** How long a line is for its height, which is what reading it costs. */
const lengthOf = ({ box: { height, width } }: WritingLine): number =>
  Math.max(height, width) / Math.max(1, Math.min(height, width))

/** Lines are taken to be at least this share of the text height high. */
const leastLine = 0.7
/** A turned line is read the likelier way round first, and the other way where that gave nothing sure. */
const sureEnough = 0.6

/** Reads a line in the direction that it is likely written in, and in others where that gives nothing sure. */
export const readLine = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  { gray, textHeight }: PageLayout,
  line: WritingLine,
  look?: Look
): Effect.fn.Return<ReadonlyArray<Word>, OcrError> {
  let best: ReadonlyArray<Word> = []
  if (line.direction === "stacked") {
    const crop = cropStacked(gray, line, page.pageNumber)
    const words = yield* ocr.recognize(shown(crop.image, look), { layout: "line" })
    best = words.map((word) => wordOnPage(word, crop, 0))
    if (isSettled(best)) return best
  }
  for (const rotation of rotationsOf(line.direction)) {
    const words = yield* readTurned(ocr, page, gray, line, rotation, textHeight, look)
    if (surenessOf(words) > surenessOf(best)) best = words
    if (isSettled(best)) break
  }
  return best
})

const shown = (image: PageImage, look: Look | undefined): PageImage =>
  look === undefined ? image : { ...image, data: image.data.map(look.tone) }

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
  textHeight: number,
  look?: Look
): Effect.fn.Return<ReadonlyArray<Word>, OcrError> {
  const height = rotation % 180 === 0 ? line.box.height : line.box.width
  // Small marks enlarged to the height of a line would be read as letters.
  const usual = Math.max(height, leastLine * textHeight)
  const crop = cropLine(gray, line, rotation, usual / (look?.enlargement ?? 1), page.pageNumber)
  const words = yield* ocr.recognize(shown(crop.image, look), { layout: "line" })
  const onPage = words.map((word) => wordOnPage(word, crop, rotation))
  return rotation === 0 ? joinCloseWords(onPage, line.pieces, line.box.height) : onPage
})
