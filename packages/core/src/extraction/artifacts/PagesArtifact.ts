/** Pages as artifacts of a pipeline: schemas of the shapes in `document/` and `table/`. */
import * as z from "zod"
import type { BoundingBox, Fill, Page, Rule, Word } from "../../document/Page.ts"
import { Tier } from "../../domain/Tier.ts"
import type { Cell, Table } from "../../table/Table.ts"
import type { ReadPage } from "../readPages.ts"

const Rotation = z.literal([0, 90, 180, 270])

const BoxArtifact: z.ZodType<BoundingBox> = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number()
})

/** A `Word`. */
export const WordArtifact: z.ZodType<Word> = z.object({
  text: z.string(),
  box: BoxArtifact,
  rotation: Rotation,
  confidence: z.number(),
  source: z.enum(["native", "ocr"]),
  engine: z.string(),
  style: z
    .object({ fontSizePx: z.number(), bold: z.boolean(), italic: z.boolean(), color: z.string().nullable() })
    .nullable(),
  agreement: z.boolean().exactOptional()
})

const RuleArtifact: z.ZodType<Rule> = z.object({
  orientation: z.enum(["horizontal", "vertical"]),
  position: z.number(),
  from: z.number(),
  to: z.number(),
  thickness: z.number()
})

const FillArtifact: z.ZodType<Fill> = z.object({ box: BoxArtifact, color: z.string() })

const CellArtifact: z.ZodType<Cell> = z.object({
  rowIndex: z.int(),
  columnIndex: z.int(),
  rowSpan: z.int(),
  columnSpan: z.int(),
  box: BoxArtifact,
  words: z.array(WordArtifact),
  fill: z.string().nullable()
})

const TableArtifact: z.ZodType<Table> = z.object({
  pageNumber: z.int(),
  box: BoxArtifact,
  columnEdges: z.array(z.number()),
  rowEdges: z.array(z.number()),
  cells: z.array(CellArtifact),
  origin: z.enum(["native", "drawn", "aligned"])
})

const PageArtifact: z.ZodType<Page> = z.object({
  pageNumber: z.int(),
  widthPx: z.number(),
  heightPx: z.number(),
  rotation: Rotation,
  pointsPerPixel: z.number().nullable(),
  words: z.array(WordArtifact),
  rules: z.array(RuleArtifact),
  fills: z.array(FillArtifact),
  images: z.array(BoxArtifact),
  tables: z.array(TableArtifact).nullable(),
  toImage: z.array(z.number()).nullable(),
  unreadLines: z.int().exactOptional()
})

/** The pages of a document: what stands on them and where their images lie, never the pixels. */
export const PagesArtifact: z.ZodType<ReadonlyArray<Page>> = z.array(PageArtifact)

/** Pages whose words are known, and which tier they come from. */
export const ReadPagesArtifact: z.ZodType<ReadonlyArray<ReadPage>> = z.array(
  z.object({ page: PageArtifact, tier: Tier })
)
