import { Option } from "effect"
import * as z from "zod"
import type { PageImage } from "../document/Page.ts"
import { Confidence } from "../domain/values.ts"
import { WordArtifact } from "../extraction/artifacts/PagesArtifact.ts"
import type { OcrPage } from "../ocr/OcrPage.ts"

const BoxRecord = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

const TableRecord = z.object({
  cells: z.array(
    z.object({
      rowIndex: z.int(),
      columnIndex: z.int(),
      rowSpan: z.int(),
      columnSpan: z.int(),
      box: BoxRecord
    })
  )
})

/** What was read from one image, in the form of `CachedOcrResult`. */
const OcrRecord = z.object({
  text: z.string(),
  confidence: Confidence,
  layout: z.tuple([
    z.object({
      page: z.int(),
      widthPx: z.int(),
      heightPx: z.int(),
      words: z.array(WordArtifact),
      tables: z.array(TableRecord)
    })
  ])
})

/** JSON that {@link decodeOcrRecord} reads. */
export const encodeOcrRecord = ({ heightPx, pageNumber, widthPx }: PageImage, { tables, words }: OcrPage): string => {
  const mean = words.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, words.length)
  return JSON.stringify({
    text: words.map(({ text }) => text).join(" "),
    confidence: Math.round(mean * 10_000) / 100,
    layout: [{ page: pageNumber, widthPx, heightPx, words, tables }]
  })
}

/** What was read; none for text that is something else. */
export const decodeOcrRecord = (text: string): Option.Option<OcrPage> =>
  Option.flatMap(Option.liftThrowable(JSON.parse)(text), (value) => {
    const { data } = OcrRecord.safeParse(value)
    return data === undefined ? Option.none() : Option.some(data.layout[0])
  })
