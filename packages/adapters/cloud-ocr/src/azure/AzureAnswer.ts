import type { OcrTable, PageImage } from "@timegrid/core"
import * as z from "zod"
import { boxOf, type Point, type Polygon } from "../shared/Polygon.ts"
import type { StatedWord } from "../shared/pageWords.ts"

/** x and y of the corners, clockwise from where the writing begins. */
const Corners = z.tuple([
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number()
])

const AzurePage = z.object({
  pageNumber: z.int(),
  /** In the unit of the polygons: pixels for images. */
  width: z.number().positive(),
  height: z.number().positive(),
  words: z.array(z.object({ content: z.string(), polygon: Corners, confidence: z.number().default(0) })).default([])
})

const AzureTable = z.object({
  cells: z.array(
    z.object({
      rowIndex: z.int().min(0),
      columnIndex: z.int().min(0),
      rowSpan: z.int().min(1).default(1),
      columnSpan: z.int().min(1).default(1),
      boundingRegions: z.array(z.object({ pageNumber: z.int(), polygon: Corners })).default([])
    })
  )
})

const AnalyzeResult = z.object({
  // An image is one page.
  pages: z.tuple([AzurePage]),
  tables: z.array(AzureTable).nullish()
})

/** What was found in an image. */
export type AnalyzeResult = z.output<typeof AnalyzeResult>

const AzureError = z.object({
  code: z.string().default(""),
  message: z.string().default(""),
  innererror: z.object({ code: z.string().optional(), message: z.string().optional() }).optional()
})

/** The answer to a request that failed. */
export const AzureErrorAnswer = z.object({ error: AzureError })
export type AzureErrorAnswer = z.output<typeof AzureErrorAnswer>

/** How far an analysis has come. */
export const AzureOperation = z.discriminatedUnion("status", [
  z.object({ status: z.enum(["notStarted", "running"]) }),
  z.object({ status: z.enum(["failed", "canceled"]), error: AzureError.default({ code: "", message: "" }) }),
  z.object({ status: z.literal("succeeded"), analyzeResult: AnalyzeResult })
])

type AzurePage = z.output<typeof AzurePage>

/** The words of a result in its order, in pixels of the image. */
export const wordsOf = ({ pages: [page] }: AnalyzeResult, image: PageImage): ReadonlyArray<StatedWord> =>
  page.words.map(({ confidence, content, polygon }) => ({
    text: content,
    polygon: polygonOf(polygon, page, image),
    confidence
  }))

/** The tables of a result, in pixels of the image. */
export const tablesOf = ({ pages: [page], tables }: AnalyzeResult, image: PageImage): ReadonlyArray<OcrTable> =>
  (tables ?? []).map(({ cells }) => ({
    cells: cells.flatMap(({ boundingRegions: [region], ...place }) =>
      region === undefined ? [] : [{ ...place, box: boxOf(polygonOf(region.polygon, page, image)) }]
    )
  }))

const polygonOf = (
  [ax, ay, bx, by, cx, cy, dx, dy]: z.output<typeof Corners>,
  { height, width }: AzurePage,
  { heightPx, widthPx }: PageImage
): Polygon => {
  const pointOf = (x: number, y: number): Point => [(x / width) * widthPx, (y / height) * heightPx]
  return [pointOf(ax, ay), pointOf(bx, by), pointOf(cx, cy), pointOf(dx, dy)]
}
