import { Effect } from "effect"
import type { DocumentError } from "../document/DocumentError.ts"
import type { OpenDocument } from "../document/DocumentReader.ts"
import type { Page } from "../document/Page.ts"
import { readPageImage } from "../image/readPageImage.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import { OcrProvider } from "../ocr/OcrProvider.ts"
import type { Tier } from "./Extraction.ts"
import { needsPageImage } from "./needsPageImage.ts"
import { makePageProgress } from "./PageProgress.ts"

/** A page whose words are known, and which tier they come from. */
export interface ReadPage {
  readonly page: Page
  readonly tier: Tier
}

/** Crops of one page already keep the engine busy; a second page fills the gaps while pixels are prepared. */
const pagesAtOnceByCrops = 2

/**
 * The pages of a document in order, each with its native words or, where those do not tell what stands on it, with
 * what was read from its image. Only pages that need it touch the `OcrProvider`. `onPagesRead` counts pages, those
 * under way as fractions.
 */
export const readPages = Effect.fn("readPages")(function* (
  document: OpenDocument,
  onPagesRead: (pagesRead: number) => void
): Effect.fn.Return<ReadonlyArray<ReadPage>, DocumentError | OcrError, OcrProvider> {
  const { concurrency, granularity } = yield* OcrProvider
  const progress = makePageProgress(onPagesRead)
  return yield* Effect.forEach(document.pages, (page) => progress.page(readPage(document, page)), {
    concurrency: granularity === "page" ? concurrency : pagesAtOnceByCrops
  })
})

const readPage = Effect.fnUntraced(function* (
  document: OpenDocument,
  page: Page
): Effect.fn.Return<ReadPage, DocumentError | OcrError, OcrProvider> {
  if (!needsPageImage(page)) {
    return { page, tier: "native" }
  }
  const image = yield* document.render(page.pageNumber)
  const read = yield* readPageImage(page, image)
  return { page: read, tier: tierOf(read, yield* OcrProvider) }
})

/** Of several engines those count that have read something; where none has, one elsewhere may have seen the page. */
const tierOf = ({ words }: Page, { cloudEngines, tier = "tesseract" }: OcrProvider["Service"]): Tier => {
  const readers = new Set(words.flatMap(({ engine, source }) => (source === "ocr" ? engine : [])))
  if (cloudEngines === undefined || readers.size === 0) return tier
  return cloudEngines.some((engine) => readers.has(engine)) ? "cloud_ocr" : "tesseract"
}
