import { Effect } from "effect"
import type { PageImage } from "../document/Page.ts"
import { ocrResultEntry } from "../domain/redis/CachedOcrResult.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import type { OcrPage } from "../ocr/OcrPage.ts"
import { type OcrOptions, OcrProvider } from "../ocr/OcrProvider.ts"
import { canonicalJson } from "../pipeline/canonicalJson.ts"
import { hashBytes, hashText } from "../pipeline/sha256.ts"
import type { Cache } from "./Cache.ts"
import type { CachedOptions } from "./CacheHit.ts"
import { decodeOcrRecord, encodeOcrRecord } from "./ocrRecord.ts"
import { throughCache } from "./throughCache.ts"

/**
 * An engine that reads an image once: the same pixels again, on whatever page, are answered from the cache for 30 days.
 * The key's hash takes in pixels, engine, parameters and options, so another engine or version never gives this one's
 * answer. What a cached engine wraps is not called on a hit: put what charges and counts calls inside.
 */
export const cachedOcr = (
  ocr: OcrProvider["Service"],
  cache: Cache["Service"],
  { onHit = () => Effect.void }: CachedOptions = {}
): OcrProvider["Service"] => {
  const { engine, recognizePage } = ocr
  const parameters = ocr.parameters ?? {}

  const through = Effect.fnUntraced(function* (
    image: PageImage,
    asked: Readonly<Record<string, unknown>>,
    read: Effect.Effect<OcrPage, OcrError>
  ): Effect.fn.Return<OcrPage, OcrError> {
    const { channels, data, heightPx, widthPx } = image
    const pixels = yield* hashBytes(data)
    const question = { pixels, widthPx, heightPx, channels, engine, parameters, asked }
    const key = ocrResultEntry.key({ documentHash: `sha256:${hashText(canonicalJson(question, String))}` })
    const { lifetimeSeconds } = ocrResultEntry
    const slot = {
      key,
      lifetimeSeconds,
      encode: (page: OcrPage) => encodeOcrRecord(image, page),
      decode: decodeOcrRecord
    }
    const { isCached, value } = yield* throughCache(cache, slot, read)
    if (isCached) yield* onHit({ engine, key })
    return value
  })

  return OcrProvider.of({
    ...ocr,
    recognize: (image, options: OcrOptions = {}) =>
      Effect.map(
        through(
          image,
          { layout: "page", ...options },
          Effect.map(ocr.recognize(image, options), (words) => ({ words, tables: [] }))
        ),
        ({ words }) => words
      ),
    ...(recognizePage !== undefined && {
      recognizePage: (image: PageImage) => through(image, { tables: true }, recognizePage(image))
    })
  })
}
