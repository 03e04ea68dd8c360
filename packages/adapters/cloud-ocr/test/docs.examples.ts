/** The samples of the documentation, compiled here and run by `docs.test.ts`. */
import { type Cache, cachedOcr, fallback, OcrProvider, type PageImage } from "@timegrid/core"
import { pipeline, stage } from "@timegrid/core/pipeline"
import { Effect, Redacted } from "effect"
import * as z from "zod"
import { AzureOcr } from "../src/azure/index.ts"
import { GoogleVisionOcr } from "../src/google-vision/index.ts"
import { HttpOcr } from "../src/http/index.ts"
import { TextractOcr } from "../src/textract/index.ts"

export const inUse = (image: PageImage) => {
  const layer = GoogleVisionOcr.layer({ apiKey: Redacted.make("a key"), languages: ["en", "fr"] })
  const words = OcrProvider.use((ocr) => ocr.recognize(image)).pipe(Effect.provide(layer))
  return words
}

export const engines = (keys: { readonly get: TextractOcr.AwsCredentialProvider }) => {
  const google = GoogleVisionOcr.layer({ apiKey: Redacted.make("a key") })
  const textract = TextractOcr.layer({ region: "eu-west-1", credentials: () => keys.get(), tables: true })
  const azure = AzureOcr.layer({ endpoint: "https://ours.cognitiveservices.azure.com", apiKey: Redacted.make("a key") })
  const own = HttpOcr.layer({ url: "http://localhost:8080/ocr", engine: "paddleocr@3.2" })
  return [google, textract, azure, own]
}

interface Reader {
  readonly name: string
  readonly ocr: OcrProvider["Service"]
  readonly usd: number
}

export const fallingBack = (readers: readonly [Reader, Reader], image: PageImage) =>
  pipeline("reading", { page: z.string() }).use(
    stage.effect({
      name: "read",
      version: "1",
      cost: "metered",
      needs: { page: z.string() },
      gives: { texts: z.array(z.string()) },
      run: (_, { call }) => {
        const words = fallback(readers, ({ name, ocr, usd }) =>
          call({ provider: name, atMost: { usd, pages: 1 } }, () => ocr.recognize(image))
        )
        return Effect.map(words, (found) => ({ texts: found.map(({ text }) => text) }))
      }
    })
  )

export const keeping = (ocr: OcrProvider["Service"], cache: Cache["Service"]) => {
  const once = cachedOcr(ocr, cache, { onHit: ({ engine }) => Effect.log(`${engine} has read that before`) })
  return once
}
