import { Effect } from "effect"
import { CapabilityMissing, OcrError } from "./OcrError.ts"
import { OcrProvider } from "./OcrProvider.ts"

/** The same engine, told that what it reads is in a language; fails with `CapabilityMissing` where it takes no such hint. */
export const inLanguage = (ocr: OcrProvider["Service"], language: string): OcrProvider["Service"] =>
  OcrProvider.of({
    ...ocr,
    recognize: (image, options) =>
      ocr.languages?.includes(language)
        ? ocr.recognize(image, { ...options, language })
        : Effect.fail(
            new OcrError({
              engine: ocr.engine,
              pageNumber: image.pageNumber,
              reason: new CapabilityMissing({ capability: `language ${language}` })
            })
          )
  })
