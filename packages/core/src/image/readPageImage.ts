import { Effect } from "effect"
import type { Page, PageImage } from "../document/Page.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import { OcrProvider } from "../ocr/OcrProvider.ts"

/**
 * Reads a page from its pixels: finds the drawn tables, straightens what is skewed, and has the writing of each cell
 * read by the `OcrProvider`. `page` gives number and size; its own words are ignored.
 */
export const readPageImage: (page: Page, image: PageImage) => Effect.Effect<Page, OcrError, OcrProvider> =
  Effect.fnUntraced(function* (page, image) {
    const ocr = yield* OcrProvider
    const words = yield* ocr.recognize(image)
    return { ...page, words }
  })
