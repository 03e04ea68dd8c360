import type { BoundingBox, Page, Word } from "../document/Page.ts"
import type { EvidenceWord, FieldEvidence } from "../extraction/Extraction.ts"
import { type Homography, project } from "../image/homography.ts"
import { union } from "../table/geometry.ts"

/** Evidence of a field: its words with their places on the upright page image. */
export const evidenceOf = (
  field: {
    readonly words: ReadonlyArray<Word>
    readonly page?: Page
    readonly rule: string
    readonly repaired?: boolean
  },
  page: Page
): FieldEvidence => ({
  words: field.words.map((word) => evidenceWord(word, field.page ?? page)),
  rule: field.rule,
  repaired: field.repaired ?? false
})

/** Evidence of a field that the page does not print. */
export const noEvidence: FieldEvidence = { words: [], rule: "not-printed", repaired: false }

const evidenceWord = (word: Word, page: Page): EvidenceWord => {
  const box = rounded(page.toImage ? projected(word.box, page.toImage) : word.box)
  return {
    page: page.pageNumber,
    box,
    ...(page.pointsPerPixel === null ? {} : { boxPoints: rounded(scaled(box, page.pointsPerPixel)) }),
    text: word.text,
    source: word.source,
    engine: word.engine,
    confidence: round(100 * word.confidence)
  }
}

const round = (value: number): number => Math.round(100 * value) / 100

const rounded = ({ x, y, width, height }: BoundingBox): BoundingBox => ({
  x: round(x),
  y: round(y),
  width: round(width),
  height: round(height)
})

const scaled = ({ x, y, width, height }: BoundingBox, factor: number): BoundingBox => ({
  x: x * factor,
  y: y * factor,
  width: width * factor,
  height: height * factor
})

/** The upright box around a box that a homography carries over. */
const projected = ({ x, y, width, height }: BoundingBox, toImage: Homography): BoundingBox => {
  const corners = [[x, y] as const, [x + width, y] as const, [x, y + height] as const, [x + width, y + height] as const]
  return union(
    corners.map((corner) => {
      const [u, v] = project(toImage, corner)
      return { x: u, y: v, width: 0, height: 0 }
    })
  )
}
