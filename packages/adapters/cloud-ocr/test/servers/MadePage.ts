/** What services of ours "recognise": pages of which it is known what stands on them and where. */
import type { BoundingBox, OcrTable, PageImage, Rotation } from "@timegrid/core"
import { anotherLine, dayGrid, lineOfText, mondayMaths, type PageFixture } from "@timegrid/testing"
import sharp from "sharp"
import { type Point, type Polygon, polygonOf } from "../../src/shared/Polygon.ts"

/** A word and its corners, from where it begins. */
export interface MadeWord {
  readonly text: string
  readonly polygon: Polygon
  /** 0 to 1. */
  readonly confidence: number
}

/** What a service sees on an image. */
export interface MadePage {
  readonly widthPx: number
  readonly heightPx: number
  readonly lines: ReadonlyArray<ReadonlyArray<MadeWord>>
  readonly tables: ReadonlyArray<OcrTable>
}

/** Gray pixels of an image file. */
interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

const decode = async (file: Uint8Array, turn: Rotation): Promise<Pixels> => {
  const { data, info } = await sharp(file).rotate(turn).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

const turns = [0, 90, 180, 270] as const

/** Reads an image file that shows a fixture page, upright or turned; throws where it shows anything else. */
export const readFixture = async (file: Uint8Array): Promise<MadePage> => {
  for (const turn of turns) {
    const upright = await decode(file, turn)
    const fixture = [mondayMaths, lineOfText, anotherLine, dayGrid].find(({ image }) => shows(upright, image))
    if (fixture === undefined) continue
    const lines = fixture === dayGrid ? gridLines() : textLines(fixture)
    const cells = fixture === dayGrid ? gridCells() : []
    return turnBack({ ...sizeOf(fixture), lines, tables: cells.length === 0 ? [] : [{ cells }] }, turn)
  }
  throw new Error("the image shows no fixture page")
}

const sizeOf = ({ image: { heightPx, widthPx } }: PageFixture) => ({ widthPx, heightPx })

const shows = ({ data, height, width }: Pixels, image: PageImage): boolean =>
  image.widthPx === width && image.heightPx === height && Buffer.compare(data, image.data) === 0

/** Fixture pages have a line of text in each band of this height. */
const bandPx = 60
/** Letters stand closer, words farther apart. */
const wordGapPx = 7

const textLines = ({ image, words }: PageFixture): MadePage["lines"] => {
  const left = [...words]
  return Array.from({ length: image.heightPx / bandPx }, (_, band) => {
    const region = { x: 0, y: band * bandPx, width: image.widthPx, height: bandPx }
    return inkRuns(image, region).map((run) => madeWord(left.shift() ?? "", inkBox(image, run)))
  })
}

const madeWord = (text: string, box: BoundingBox): MadeWord => ({ text, polygon: polygonOf(box), confidence: 0.97 })

const insidePx = 4

const gridCells = (): OcrTable["cells"] => {
  const { columnEdges, rowEdges, rows } = dayGrid
  return rows.flatMap((row, rowIndex) =>
    row.map((_, columnIndex) => {
      const [x, y] = [columnEdges[columnIndex]!, rowEdges[rowIndex]!]
      const box = { x, y, width: columnEdges[columnIndex + 1]! - x, height: rowEdges[rowIndex + 1]! - y }
      return { rowIndex, columnIndex, rowSpan: 1, columnSpan: 1, box }
    })
  )
}

const gridLines = (): MadePage["lines"] =>
  gridCells().map(({ box, columnIndex, rowIndex }) => {
    const region = {
      x: box.x + insidePx,
      y: box.y + insidePx,
      width: box.width - 2 * insidePx,
      height: box.height - 2 * insidePx
    }
    return [madeWord(dayGrid.rows[rowIndex]![columnIndex]!, inkBox(dayGrid.image, region))]
  })

const isInk = ({ data, widthPx }: PageImage, x: number, y: number): boolean => data[y * widthPx + x]! < 128

const range = (from: number, length: number): ReadonlyArray<number> => Array.from({ length }, (_, i) => from + i)

const inkColumns = (image: PageImage, { height, width, x, y }: BoundingBox): ReadonlyArray<number> =>
  range(x, width).filter((column) => range(y, height).some((row) => isInk(image, column, row)))

/** Stretches of a band with ink, parted where there is none for the width of a space. */
const inkRuns = (image: PageImage, band: BoundingBox): ReadonlyArray<BoundingBox> => {
  const runs: Array<{ from: number; to: number }> = []
  for (const x of inkColumns(image, band)) {
    const last = runs.at(-1)
    if (last !== undefined && x - last.to <= wordGapPx) last.to = x + 1
    else runs.push({ from: x, to: x + 1 })
  }
  return runs.map(({ from, to }) => ({ ...band, x: from, width: to - from }))
}

const inkBox = (image: PageImage, region: BoundingBox): BoundingBox => {
  const columns = inkColumns(image, region)
  const rows = range(region.y, region.height).filter((y) =>
    range(region.x, region.width).some((x) => isInk(image, x, y))
  )
  const [x, y] = [columns[0]!, rows[0]!]
  return { x, y, width: columns.at(-1)! + 1 - x, height: rows.at(-1)! + 1 - y }
}

/** The page as it lies on the image that was turned by `turn` to stand upright. */
const turnBack = (page: MadePage, turn: Rotation): MadePage => {
  const { heightPx, widthPx } = page
  const lies = turn % 180 === 0 ? { widthPx, heightPx } : { widthPx: heightPx, heightPx: widthPx }
  const back = ([x, y]: Point): Point => {
    if (turn === 0) return [x, y]
    if (turn === 90) return [y, widthPx - x]
    return turn === 180 ? [widthPx - x, heightPx - y] : [heightPx - y, x]
  }
  const backPolygon = ([a, b, c, d]: Polygon): Polygon => [back(a), back(b), back(c), back(d)]
  return {
    ...lies,
    lines: page.lines.map((line) => line.map((word) => ({ ...word, polygon: backPolygon(word.polygon) }))),
    tables: page.tables
  }
}
