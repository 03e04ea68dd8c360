import type { PageImage } from "@timegrid/core"
import * as z from "zod"
import { type Point, type Polygon, spanning } from "../shared/Polygon.ts"
import type { StatedWord } from "../shared/pageWords.ts"

// Protocol buffers leave out what is 0, empty or false when they are written as JSON.
const Vertex = z.object({ x: z.number().default(0), y: z.number().default(0) })

const VisionSymbol = z.object({
  text: z.string(),
  property: z
    .object({
      detectedBreak: z.object({ type: z.string().default("UNKNOWN"), isPrefix: z.boolean().default(false) }).optional()
    })
    .optional()
})

const VisionWord = z.object({
  boundingBox: z.object({ vertices: z.tuple([Vertex, Vertex, Vertex, Vertex]) }),
  confidence: z.number().default(0),
  symbols: z.array(VisionSymbol).default([])
})

const VisionPage = z.object({
  width: z.number().default(0),
  height: z.number().default(0),
  blocks: z
    .array(
      z.object({
        paragraphs: z.array(z.object({ words: z.array(VisionWord).default([]) })).default([])
      })
    )
    .default([])
})

const VisionStatus = z.object({ code: z.int().default(0), message: z.string().default("") })

/** What became of one image of a request (google.rpc.Status). */
export type VisionStatus = z.output<typeof VisionStatus>

/** The answer to `images:annotate` with one image, as far as it is read. */
export const VisionAnswer = z.object({
  responses: z.tuple([
    z.object({
      fullTextAnnotation: z.object({ pages: z.array(VisionPage).default([]) }).optional(),
      error: VisionStatus.optional()
    })
  ])
})

type VisionWord = z.output<typeof VisionWord>

/** The words of an answer, in its order, in pixels of the image. */
export const wordsOf = (
  pages: ReadonlyArray<z.output<typeof VisionPage>>,
  { heightPx, widthPx }: PageImage
): ReadonlyArray<StatedWord> =>
  pages.flatMap(({ blocks, height, width }) => {
    // Boxes are in pixels of what the service looked at, which may be smaller than what it was sent.
    const scaleX = width > 0 ? widthPx / width : 1
    const scaleY = height > 0 ? heightPx / height : 1
    const pointOf = ({ x, y }: z.output<typeof Vertex>): Point => [x * scaleX, y * scaleY]
    const polygonOf = ({ boundingBox: { vertices } }: VisionWord): Polygon => [
      pointOf(vertices[0]),
      pointOf(vertices[1]),
      pointOf(vertices[2]),
      pointOf(vertices[3])
    ]
    return blocks.flatMap(({ paragraphs }) => paragraphs).flatMap(({ words }) => joined(words, polygonOf))
  })

/** The service parts "9:30" into three words: those without a break between them are one. */
const joined = (
  words: ReadonlyArray<VisionWord>,
  polygonOf: (word: VisionWord) => Polygon
): ReadonlyArray<StatedWord> => {
  const found: Array<StatedWord> = []
  let isOpen = false
  for (const word of words) {
    const { confidence, symbols } = word
    const isPrefixed = symbols[0]?.property?.detectedBreak?.isPrefix === true
    const ending = symbols.at(-1)?.property?.detectedBreak
    const hasEnding = ending !== undefined && !ending.isPrefix
    // The service takes the hyphen at the end of a line away.
    const text = symbols.map((symbol) => symbol.text).join("") + (hasEnding && ending.type === "HYPHEN" ? "-" : "")
    const polygon = polygonOf(word)
    const before = isOpen && !isPrefixed ? found.pop() : undefined
    found.push(
      before === undefined
        ? { text, polygon, confidence }
        : {
            text: before.text + text,
            polygon: spanning(before.polygon, polygon),
            confidence: Math.min(before.confidence, confidence)
          }
    )
    isOpen = !hasEnding
  }
  return found
}
