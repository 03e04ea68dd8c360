import { Redacted } from "effect"
import * as z from "zod"
import { GoogleVisionOcr } from "../../src/google-vision/index.ts"
import { type Polygon, partOf } from "../../src/shared/Polygon.ts"
import { json } from "./loopback.ts"
import type { MadePage, MadeWord } from "./MadePage.ts"
import { rightKey, type Vendor } from "./Vendor.ts"

const Question = z.strictObject({
  requests: z.tuple([
    z.strictObject({
      image: z.strictObject({ content: z.base64() }),
      features: z.tuple([z.strictObject({ type: z.literal("DOCUMENT_TEXT_DETECTION") })]),
      imageContext: z.strictObject({ languageHints: z.array(z.string()) }).optional()
    })
  ])
})

const failure = (status: number) => ({
  error: { code: status, message: `The loopback service says ${status}`, status: "UNKNOWN" }
})

/** Zeros are left out, as in all JSON that is made of protocol buffers. */
const vertexOf = ([x, y]: readonly [number, number]) => ({
  ...(Math.round(x) !== 0 && { x: Math.round(x) }),
  ...(Math.round(y) !== 0 && { y: Math.round(y) })
})

const boxOf = (polygon: Polygon) => ({ vertices: polygon.map(vertexOf) })

/** The service takes every sign for a word of its own. */
const tokensOf = ({ confidence, polygon, text }: MadeWord, isLast: boolean) =>
  [...text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]/gu)].map(({ 0: token, index }) => {
    const end = index + token.length
    const letters = [...token]
    const detectedBreak = { type: isLast ? "LINE_BREAK" : "SPACE" }
    return {
      boundingBox: boxOf(partOf(polygon, index / text.length, end / text.length)),
      confidence,
      symbols: letters.map((letter, i) => ({
        text: letter,
        confidence,
        ...(end === text.length && i === letters.length - 1 && { property: { detectedBreak } })
      }))
    }
  })

const answer = ({ heightPx, lines, widthPx }: MadePage) => {
  const words = lines.flat()
  if (words.length === 0) return { responses: [{}] }
  const paragraphs = lines.map((line) => ({
    words: line.flatMap((word, index) => tokensOf(word, index === line.length - 1)),
    confidence: 0.97
  }))
  return {
    responses: [
      {
        textAnnotations: words.map(({ polygon, text }) => ({ description: text, boundingPoly: boxOf(polygon) })),
        fullTextAnnotation: {
          pages: [
            {
              property: { detectedLanguages: [{ languageCode: "en", confidence: 1 }] },
              width: widthPx,
              height: heightPx,
              blocks: [{ paragraphs, blockType: "TEXT", confidence: 0.97 }]
            }
          ],
          text: lines.map((line) => line.map(({ text }) => text).join(" ")).join("\n")
        }
      }
    ]
  }
}

/** Speaks `images:annotate` of Google Cloud Vision. */
export const vision: Vendor = {
  name: "Google Vision",
  makesOutTables: false,
  layer: (endpoint, options, key = rightKey) =>
    GoogleVisionOcr.layer({ ...options, endpoint, apiKey: Redacted.make(key) }),
  imageOf: async ({ body, headers, method, url }) => {
    if (method !== "POST" || url.pathname !== "/v1/images:annotate") return json(404, failure(404))
    if (headers["x-goog-api-key"] !== rightKey) return json(403, failure(403))
    const question = Question.safeParse(JSON.parse(body.toString()))
    if (!question.success) return json(400, failure(400))
    return Buffer.from(question.data.requests[0].image.content, "base64")
  },
  answer,
  failure
}
