import type { BoundingBox, OcrTable, PageImage } from "@timegrid/core"
import * as z from "zod"
import type { Point, Polygon } from "../shared/Polygon.ts"
import type { StatedWord } from "../shared/pageWords.ts"

const Coordinates = z.object({ X: z.number(), Y: z.number() })

/** Shares of the width and height of the image. */
const Geometry = z.object({
  BoundingBox: z.object({ Left: z.number(), Top: z.number(), Width: z.number(), Height: z.number() }),
  Polygon: z.tuple([Coordinates, Coordinates, Coordinates, Coordinates])
})

const Block = z.object({
  BlockType: z.string(),
  Id: z.string(),
  Text: z.string().optional(),
  /** Per cent. */
  Confidence: z.number().default(0),
  Geometry: Geometry.optional(),
  RowIndex: z.int().min(1).optional(),
  ColumnIndex: z.int().min(1).optional(),
  RowSpan: z.int().min(1).default(1),
  ColumnSpan: z.int().min(1).default(1),
  Relationships: z.array(z.object({ Type: z.string(), Ids: z.array(z.string()).default([]) })).nullish()
})

/** The answer to `DetectDocumentText` and `AnalyzeDocument`, as far as it is read. */
export const TextractAnswer = z.object({ Blocks: z.array(Block) })

type Block = z.output<typeof Block>

const idsOf = ({ Relationships }: Block, type: string): ReadonlyArray<string> =>
  (Relationships ?? []).filter(({ Type }) => Type === type).flatMap(({ Ids }) => Ids)

/** The blocks that a block refers to. */
const lookup = (blocks: ReadonlyArray<Block>) => {
  const byId = new Map(blocks.map((block) => [block.Id, block]))
  return (block: Block, type: string): ReadonlyArray<Block> => idsOf(block, type).flatMap((id) => byId.get(id) ?? [])
}

/** The words of an answer in the order of its lines, in pixels of the image. */
export const wordsOf = (blocks: ReadonlyArray<Block>, image: PageImage): ReadonlyArray<StatedWord> => {
  const related = lookup(blocks)
  const inLines = blocks
    .filter(({ BlockType }) => BlockType === "LINE")
    .flatMap((line) => related(line, "CHILD").filter(({ BlockType }) => BlockType === "WORD"))
  // What belongs to no line comes last.
  const words = new Set([...inLines, ...blocks.filter(({ BlockType }) => BlockType === "WORD")])
  return [...words].flatMap(({ Confidence, Geometry, Text = "" }) =>
    Geometry === undefined
      ? []
      : [{ text: Text, polygon: polygonOf(Geometry.Polygon, image), confidence: Confidence / 100 }]
  )
}

/** The tables of an answer: a merged cell stands for the cells that it is made of. */
export const tablesOf = (blocks: ReadonlyArray<Block>, image: PageImage): ReadonlyArray<OcrTable> => {
  const related = lookup(blocks)
  return blocks
    .filter(({ BlockType }) => BlockType === "TABLE")
    .map((table) => {
      const merged = related(table, "MERGED_CELL")
      const inside = new Set(merged.flatMap((cell) => idsOf(cell, "CHILD")))
      const single = related(table, "CHILD").filter(({ BlockType, Id }) => BlockType === "CELL" && !inside.has(Id))
      return { cells: [...merged, ...single].flatMap((cell) => cellOf(cell, image)) }
    })
}

const cellOf = (
  { ColumnIndex, ColumnSpan, Geometry, RowIndex, RowSpan }: Block,
  { heightPx, widthPx }: PageImage
): OcrTable["cells"] => {
  if (RowIndex === undefined || ColumnIndex === undefined || Geometry === undefined) return []
  const { Height, Left, Top, Width } = Geometry.BoundingBox
  const box: BoundingBox = {
    x: Left * widthPx,
    y: Top * heightPx,
    width: Width * widthPx,
    height: Height * heightPx
  }
  return [{ rowIndex: RowIndex - 1, columnIndex: ColumnIndex - 1, rowSpan: RowSpan, columnSpan: ColumnSpan, box }]
}

const polygonOf = ([a, b, c, d]: z.output<typeof Geometry>["Polygon"], { heightPx, widthPx }: PageImage): Polygon => {
  const pointOf = ({ X, Y }: z.output<typeof Coordinates>): Point => [X * widthPx, Y * heightPx]
  return [pointOf(a), pointOf(b), pointOf(c), pointOf(d)]
}
