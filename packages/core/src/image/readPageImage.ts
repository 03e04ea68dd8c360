import { Effect } from "effect"
import type { Page, PageImage, Rotation, Word } from "../document/Page.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import { OcrProvider } from "../ocr/OcrProvider.ts"
import { contains, median, middleX, middleY } from "../table/geometry.ts"
import { inReadingOrder } from "../table/readingOrder.ts"
import type { Cell, Table } from "../table/Table.ts"
import { cropLine, wordOnPage } from "./crop.ts"
import { fillColor, groundColor } from "./fillColor.ts"
import { looseLines } from "./looseWriting.ts"
import { layoutOf, type PageLayout } from "./pageLayout.ts"
import { linesIn, rotationsOf, type WritingLine } from "./writing.ts"

/**
 * Reads a page from its pixels: finds the drawn tables, straightens what is skewed, and has the writing of each cell
 * read by the `OcrProvider`. `page` gives number and size; its own words are ignored. The result is in coordinates of
 * the straightened page; `toImage` leads back.
 */
export const readPageImage: (page: Page, image: PageImage) => Effect.Effect<Page, OcrError, OcrProvider> =
  Effect.fnUntraced(function* (page, image) {
    const ocr = yield* OcrProvider
    const layout = layoutOf(page, image)
    const words =
      ocr.granularity === "page"
        ? yield* ocr.recognize(layout.image)
        : yield* readLines(ocr, page, layout, writingOf(layout))
    const tables = layout.tables.map((table) => withWords(table, words, layout.image))
    return {
      ...page,
      words,
      rules: layout.rules,
      fills: [],
      tables: tables.length === 0 ? null : tables,
      toImage: layout.toImage
    }
  })

/** Borders are left out of a cell by this share of the text height. */
const inset = 0.14

const writingOf = ({ gray, tables, textHeight }: PageLayout): ReadonlyArray<WritingLine> => {
  const margin = Math.max(2, inset * textHeight)
  const cells = tables.flatMap((table) => table.cells)
  return [
    ...cells.flatMap(({ box }) => {
      const inner = {
        x: box.x + margin,
        y: box.y + margin,
        width: box.width - 2 * margin,
        height: box.height - 2 * margin
      }
      return linesIn(gray, inner, textHeight)
    }),
    ...looseLines(gray, tables, textHeight)
  ]
}

const readLines = (
  ocr: OcrProvider["Service"],
  page: Page,
  layout: PageLayout,
  lines: ReadonlyArray<WritingLine>
): Effect.Effect<ReadonlyArray<Word>, OcrError> =>
  Effect.forEach(lines, (line) => readLine(ocr, page, layout, line), { concurrency: ocr.concurrency }).pipe(
    Effect.map((found) => found.flat())
  )

/** A turned line is read the likelier way round first, and the other way where that gave nothing sure. */
const sureEnough = 0.6

const readLine = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  { gray, textHeight }: PageLayout,
  line: WritingLine
): Effect.fn.Return<ReadonlyArray<Word>, OcrError> {
  if (line.direction === "stacked") return yield* readStacked(ocr, page, gray, line)
  let best: ReadonlyArray<Word> = []
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
  void textHeight
  const height = rotation % 180 === 0 ? line.box.height : line.box.width
  const crop = cropLine(gray, line, rotation, height, page.pageNumber)
  const words = yield* ocr.recognize(crop.image, { layout: "line" })
  return words.map((word) => wordOnPage(word, crop, rotation))
})

/** Letters stacked on each other are read one by one and make one word. */
const readStacked = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  page: Page,
  gray: PageLayout["gray"],
  line: WritingLine
): Effect.fn.Return<ReadonlyArray<Word>, OcrError> {
  const letters = line.pieces.toSorted((a, b) => a.y - b.y)
  const height = median(letters.map((letter) => letter.height))!
  const read = yield* Effect.forEach(
    letters,
    (box) => {
      const crop = cropLine(gray, { ...line, box, pieces: [box] }, 0, height, page.pageNumber)
      return Effect.map(ocr.recognize(crop.image, { layout: "line" }), (words) =>
        words.slice(0, 1).map((word) => ({ ...wordOnPage(word, crop, 0), box }))
      )
    },
    { concurrency: ocr.concurrency }
  )
  return read.flat()
})

const withWords = (table: Table, words: ReadonlyArray<Word>, image: PageImage): Table => {
  const paper = groundColor(image, { x: 0, y: 0, width: image.widthPx, height: image.heightPx }) ?? [255, 255, 255]
  const inside = words.filter(({ box }) => contains(table.box, middleX(box), middleY(box)))
  const cells = table.cells.map((cell): Cell => {
    const own = inside.filter(({ box }) => contains(cell.box, middleX(box), middleY(box)))
    return { ...cell, words: inReadingOrder(own), fill: fillColor(image, cell.box, paper) }
  })
  return { ...table, cells }
}
