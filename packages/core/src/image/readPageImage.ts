import { Effect } from "effect"
import type { Page, PageImage, Word } from "../document/Page.ts"
import { inLanguage } from "../ocr/inLanguage.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import { OcrProvider } from "../ocr/OcrProvider.ts"
import { shareWords } from "../table/drawnTables.ts"
import { contains, middleX, middleY } from "../table/geometry.ts"
import { statedTable } from "../table/statedTable.ts"
import type { Table } from "../table/Table.ts"
import { findDays } from "../timetable/days.ts"
import { writtenLanguage } from "../timetable/writtenLanguage.ts"
import { readableLines } from "./busyPage.ts"
import { coloredGrounds } from "./coloredGrounds.ts"
import { fillColor, groundColor } from "./fillColor.ts"
import { toGray } from "./gray.ts"
import { headerLines } from "./headerLines.ts"
import { layoutOf, type PageLayout, straightImage } from "./pageLayout.ts"
import { isClearlyBetter, type LevelTurn, liesOnSide, mayLieOtherwise, turnOfLevelPage } from "./pageTurn.ts"
import { atReadingSize, inOriginalPixels } from "./readingSize.ts"
import { type KnownReadings, readLines, readTurned, surenessOf, wordsOf } from "./readLines.ts"
import { readWholePage, turnRead, uprightTurn } from "./readWholePage.ts"
import { lookAgain } from "./secondLook.ts"
import { readSpread } from "./spreadWriting.ts"
import { sumOf, turnBetween, turnImage, turnPage } from "./turn.ts"
import type { WritingLine } from "./writing.ts"
import { writingOf } from "./writingRegions.ts"

/**
 * Reads a page from its pixels: turns it upright, finds the drawn tables, straightens what is skewed, and has the
 * writing of each cell read by the `OcrProvider`, or the whole page at once where that is how the provider reads.
 * `page` gives number and size; its own words are ignored. The result is in coordinates of the straightened page;
 * `toImage` leads back to `image`, turned clockwise by as much as the result's `rotation` exceeds that of `page`. Of a
 * page with more lines than any timetable some stay unread, and `unreadLines` tells how many.
 */
export const readPageImage: (page: Page, image: PageImage) => Effect.Effect<Page, OcrError, OcrProvider> =
  Effect.fnUntraced(function* (page, image) {
    const ocr = yield* OcrProvider
    // Lines are read by their brightness; a whole page is shown in its colours.
    const sized = atReadingSize(ocr.granularity === "page" ? image : withoutColors(image))
    const asStored = layOut(page, sized.image)
    const read = yield* ocr.granularity === "page"
      ? readAtOnce(ocr, asStored, sized.image)
      : readByLines(ocr, asStored, sized.image)
    const { layout, unread, words } = read
    const { rules, toImage } = layout
    const found = inOriginalPixels({ words, rules, tables: shareWords(read.tables, words), toImage }, sized.scale)
    const upright = turnImage(image, turnBetween(page.rotation, read.page.rotation))
    const tables = shaded(found.tables, upright, found.toImage)
    return {
      ...read.page,
      ...found,
      fills: mayBeCalendar(tables, found.words)
        ? coloredGrounds(upright, layout.textHeight / sized.scale, found.toImage)
        : [],
      tables: tables.length === 0 ? null : tables,
      ...(unread > 0 ? { unreadLines: unread } : {})
    }
  })

/** So many days that nothing frames may be the headings of a calendar, whose cards are known by their colours. */
const openDays = 3

const mayBeCalendar = (tables: ReadonlyArray<Table>, words: ReadonlyArray<Word>): boolean => {
  const open = words.filter(({ box }) => !tables.some((table) => contains(table.box, middleX(box), middleY(box))))
  return open.filter(({ text }) => findDays(text) !== null).length >= openDays
}

/** A page with what is drawn on it and where it is written on. */
interface LaidOutPage {
  readonly page: Page
  readonly layout: PageLayout
  /** The lines of each cell, and last those outside of all cells. */
  readonly regions: ReadonlyArray<ReadonlyArray<WritingLine>>
}

/** A page the right way up. */
interface UprightPage extends LaidOutPage {
  readonly known: KnownReadings
}

/** A page that was read: its words and its tables, which do not hold them yet. */
interface ReadPage extends LaidOutPage {
  readonly words: ReadonlyArray<Word>
  readonly tables: ReadonlyArray<Table>
  /** Lines that were left out. */
  readonly unread: number
}

const readByLines = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  asStored: LaidOutPage,
  image: PageImage
): Effect.fn.Return<ReadPage, OcrError> {
  const { known, ...laidOut } = yield* turnUpright(ocr, asStored, image)
  const { layout, page } = laidOut
  const { regions, unread } = readableLines(laidOut.regions)
  const lines = regions.flat()
  const spread = yield* readSpread(ocr, page, layout, regions)
  const headers = headerLines(lines, layout.tables)
  const opening = yield* readLines(ocr, page, layout, headers, new Map([...known, ...spread]))
  const told = otherLanguage(ocr, wordsOf(regions, opening))
  const first = told === undefined ? yield* readLines(ocr, page, layout, lines, opening) : opening
  const language = told ?? otherLanguage(ocr, wordsOf(regions, first))
  const reader = language === undefined ? ocr : inLanguage(ocr, language)
  const read =
    language === undefined
      ? first
      : yield* readLines(reader, page, layout, lines, yield* readSpread(reader, page, layout, regions))
  // Looking again at what is noise for the most part would take several times as long, for nothing.
  const settled = unread > 0 ? read : yield* lookAgain(reader, page, layout, read)
  return { ...laidOut, regions, words: wordsOf(regions, settled), tables: layout.tables, unread }
})

/**
 * The language that days are named in, where the engine reads it better when told. Its usual model loses accents of
 * another language and makes words of its own, but days are read well enough to tell.
 */
const otherLanguage = (ocr: OcrProvider["Service"], words: ReadonlyArray<Word>): string | undefined => {
  const code = writtenLanguage(words.map(({ text }) => text))?.code
  return code !== undefined && ocr.languages?.includes(code) ? code : undefined
}

/** The words themselves tell how the page lies, so that one call is enough. */
const readAtOnce = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  asStored: LaidOutPage,
  image: PageImage
): Effect.fn.Return<ReadPage, OcrError> {
  const read = yield* readWholePage(ocr, straightImage(asStored.layout))
  const turn = uprightTurn(read.words)
  const laidOut = turn === 0 ? asStored : layOut(turnPage(asStored.page, turn), turnImage(image, turn))
  const { layout, page } = laidOut
  const upright = turn === 0 ? read : turnRead(read, turn, image, asStored.layout, layout)
  // Drawn borders are exact; what an engine makes out counts where nothing is drawn.
  const tables =
    layout.tables.length > 0
      ? layout.tables
      : upright.tables.flatMap(({ cells }) => statedTable(cells, page.pageNumber) ?? [])
  return { ...laidOut, words: upright.words, tables, unread: 0 }
})

const layOut = (page: Page, image: PageImage): LaidOutPage => {
  const layout = layoutOf(page, image)
  return { page, layout, regions: writingOf(layout) }
}

const turnUpright = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  asStored: LaidOutPage,
  image: PageImage
): Effect.fn.Return<UprightPage, OcrError> {
  const lies = liesOnSide(
    asStored.regions.flat().flatMap(({ pieces }) => pieces),
    asStored.layout.textHeight
  )
  const turned = () => layOut(turnPage(asStored.page, 90), turnImage(image, 90))
  const likely = yield* levelReading(ocr, lies ? turned() : asStored, lies ? 90 : 0)
  if (!mayLieOtherwise(likely)) return turnedRight(likely, image)
  const other = yield* levelReading(ocr, lies ? asStored : turned(), lies ? 0 : 90)
  return turnedRight(isClearlyBetter(other, likely) ? other : likely, image)
})

/** A page whose lines are taken to be level, and what was read to learn which way up it is. */
interface LevelReading extends LevelTurn, UprightPage {
  /** From the page as stored. */
  readonly quarter: 0 | 90
}

const levelReading = Effect.fnUntraced(function* (
  ocr: OcrProvider["Service"],
  level: LaidOutPage,
  quarter: 0 | 90
): Effect.fn.Return<LevelReading, OcrError> {
  const { gray, textHeight } = level.layout
  const known = new Map<WritingLine, ReadonlyArray<Word>>()
  const turn = yield* turnOfLevelPage(level.regions.flat(), (line, rotation) =>
    Effect.map(readTurned(ocr, level.page, gray, line, rotation, textHeight), (words) => {
      if (rotation === 0) known.set(line, words)
      return Math.max(0, surenessOf(words))
    })
  )
  return { ...level, ...turn, known, quarter }
})

const turnedRight = ({ known, layout, page, quarter, regions, turn }: LevelReading, image: PageImage): UprightPage =>
  turn === 0
    ? { known, layout, page, regions }
    : { ...layOut(turnPage(page, turn), turnImage(image, sumOf(quarter, turn))), known: new Map() }

const withoutColors = (image: PageImage): PageImage => ({ ...image, channels: 1, data: toGray(image).data })

/** Tables with the colours of their cells, looked up on the image that `toImage` leads to. */
const shaded = (
  tables: ReadonlyArray<Table>,
  image: PageImage,
  toImage: PageLayout["toImage"]
): ReadonlyArray<Table> => {
  if (tables.length === 0) return tables
  const page = { x: 0, y: 0, width: image.widthPx, height: image.heightPx }
  const paper = groundColor(image, page, toImage) ?? [255, 255, 255]
  return tables.map((table) => ({
    ...table,
    cells: table.cells.map((cell) => ({ ...cell, fill: fillColor(image, cell.box, paper, toImage) }))
  }))
}
