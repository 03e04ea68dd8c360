import * as z from "zod"
import { Confidence } from "../values.ts"
import { jsonText } from "./jsonText.ts"
import { daySeconds, redisEntry } from "./RedisEntry.ts"

/** What an OCR engine read from a document; open for more. */
export const CachedOcrResult = z.looseObject({
  /** All text in reading order. */
  text: z.string(),
  /** How sure the engine is on the whole, 0 to 100. */
  confidence: Confidence,
  /** Where the words stand, page by page; boxes are pixels of the page. */
  layout: z.array(
    z.looseObject({
      /** From 1. */
      page: z.int32().min(1),
      widthPx: z.int32().min(1),
      heightPx: z.int32().min(1),
      words: z.array(
        z.looseObject({
          text: z.string(),
          box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
          /** The engine's own score as in the page model, 0 to 1. */
          confidence: z.number().min(0).max(1)
        })
      )
    })
  )
})
export type CachedOcrResult = z.output<typeof CachedOcrResult>

/** Between the JSON text in Redis and {@link CachedOcrResult}. */
export const CachedOcrResultCodec = jsonText(CachedOcrResult)

/** `ocr:result:{documentHash}`, JSON for 30 days; the hash is `sha256:…` and takes in engine, version and options. */
export const ocrResultEntry = redisEntry({
  pattern: "ocr:result:{documentHash}",
  type: "string",
  lifetimeSeconds: 30 * daySeconds
})
