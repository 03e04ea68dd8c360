import { Effect } from "effect"
import type { BoundingBox, Page, PageImage, Rotation, Word } from "../document/Page.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import { OcrProvider } from "../ocr/OcrProvider.ts"
import { shareWords } from "../table/drawnTables.ts"
import { contains, middleX, middleY } from "../table/geometry.ts"
import type { Table } from "../table/Table.ts"
import { cropLine, cropStacked, wordOnPage } from "./crop.ts"
import { withoutDecorations } from "./decorations.ts"
import { fillColor, groundColor } from "./fillColor.ts"
import { looseLines } from "./looseWriting.ts"
import { layoutOf, type PageLayout } from "./pageLayout.ts"
import { liesOnSide, turnOfLevelPage } from "./pageTurn.ts"
import { atReadingSize, inOriginalPixels } from "./readingSize.ts"
import { sumOf, turnImage, turnPage } from "./turn.ts"
import { linesIn, rotationsOf, type WritingLine } from "./writing.ts"

/**
 * Reads a page from its pixels: turns it upright, finds the drawn tables, straightens what is skewed, and has the
 * writing of each cell read by the `OcrProvider`. `page` gives number and size; its own words are ignored. The result
 * is in coordinates of the straightened page; `toImage` leads back to `image`, turned clockwise by as much as the
 * result's `rotation` exceeds that of `page`. Where the provider reads whole pages, the page stays as it lies.
 */
export const readPageImage: (page: Page, image: PageImage) => Effect.Effect<Page, OcrError, OcrProvider> =
  Effect.fnUntraced(function* (page, image) {
    const ocr = yield* OcrProvider
    const sized = atReadingSize(image)
    const asStored = layOut(page, sized.image)
    const laidOut = ocr.granularity === "page" ? asStored : yield* turnUpright(ocr, asStored, sized.image)
    const { layout } = laidOut
    const words =
      ocr.granularity === "page"
        ? yield* ocr.recognize(layout.image)
        : yield* readRegions(ocr, page, layout, laidOut.regions)
    const found = inOriginalPixels(
      {
        words,
        rules: layout.rules,
        tables: shareWords(layout.tables, words).map((table) => shaded(table, layout.image)),
        toImage: layout.toImage
      },
      sized.scale
    )
    return { ...laidOut.page, ...found, fills: [], tables: found.tables.length === 0 ? null : found.tables }
  })

/** A page with what is drawn on it and where it is written on. */
interface LaidOutPage {
  readonly page: Page
  readonly layout: PageLayout
  /** The lines of each cell, and last those outside of all cells. */
  readonly regions: ReadonlyArray<ReadonlyArray<WritingLine>>
}

const layOut = (page: Page, image: PageImage): LaidOutPage => {
  const layout = layoutOf(page, image)
  return { page, layout, regions: writingOf(layout) }
}

const turnUpright = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  asStored: LaidOutPage,
  image: PageImage
): Effect.fn.Return<LaidOutPage, OcrError> {
  const letters = asStored.regions.flat().flatMap(({ pieces }) => pieces)
  const quarter = liesOnSide(letters, asStored.layout.textHeight) ? 90 : 0
  const level = quarter === 0 ? asStored : layOut(turnPage(asStored.page, quarter), turnImage(image, quarter))
  const { gray, textHeight } = level.layout
  const half = yield* turnOfLevelPage(level.regions.flat(), (line, rotation) =>
    Effect.map(readTurned(ocr, level.page, gray, line, rotation, textHeight), (words) => Math.max(0, surenessOf(words)))
  )
  if (half === 0) return level
  return layOut(turnPage(level.page, half), turnImage(image, sumOf(quarter, half)))
})

/** Borders are left out of a cell by this share of the text height. */
const inset = 0.14

/** The writing of each cell, and last that outside of all cells. */
const writingOf = ({ gray, tables, textHeight }: PageLayout): ReadonlyArray<ReadonlyArray<WritingLine>> => {
  const margin = Math.max(2, inset * textHeight)
  const cells = tables.flatMap((table) =>
    table.cells.flatMap(({ box }) => (tables.some((other) => other !== table && holds(box, other.box)) ? [] : [box]))
  )
  const inCells = cells.map(({ x, y, width, height }) =>
    linesIn(gray, { x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin }, textHeight)
  )
  return [...inCells, looseLines(gray, cells, textHeight)]
}

/** Whether a cell is but the frame of a table inside it. */
const holds = (cell: BoundingBox, table: BoundingBox): boolean =>
  contains(cell, middleX(table), middleY(table)) && table.width <= cell.width && table.height <= cell.height

const readRegions = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  layout: PageLayout,
  regions: ReadonlyArray<ReadonlyArray<WritingLine>>
): Effect.fn.Return<ReadonlyArray<Word>, OcrError> {
  const lines = regions.flatMap((region, at) => region.map((line) => ({ line, at })))
  const read = yield* Effect.forEach(lines, ({ line }) => readLine(ocr, page, layout, line), {
    concurrency: ocr.concurrency
  })
  const byRegion = Map.groupBy(lines.keys(), (i) => lines[i]!.at)
  return [...byRegion.values()].flatMap((indices) => withoutDecorations(indices.map((i) => read[i]!)))
})

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
    if (surenessOf(best) >= sureEnough) return best
  }
  for (const rotation of rotationsOf(line.direction)) {
    const words = yield* readTurned(ocr, page, gray, line, rotation, textHeight)
    if (surenessOf(words) > surenessOf(best)) best = words
    if (surenessOf(best) >= sureEnough) break
  }
  return best
})

const surenessOf = (words: ReadonlyArray<Word>): number => {
  let [sum, length] = [0, 0]
  for (const { confidence, text } of words) {
    sum += confidence * text.length
    length += text.length
  }
  return length === 0 ? -1 : sum / length
}

const readTurned = Effect.fnUntraced(function* (
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

const leastLine = 0.7

const shaded = (table: Table, image: PageImage): Table => {
  const paper = groundColor(image, { x: 0, y: 0, width: image.widthPx, height: image.heightPx }) ?? [255, 255, 255]
  return { ...table, cells: table.cells.map((cell) => ({ ...cell, fill: fillColor(image, cell.box, paper) })) }
}
