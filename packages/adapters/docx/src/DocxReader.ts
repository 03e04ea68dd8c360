import { DocumentError, type DocumentReader, type Limits, type OpenDocument, type Page } from "@timegrid/core"
import { Effect, type Scope } from "effect"
import { loadParts } from "./package/WordParts.ts"
import { readDocument } from "./readDocument.ts"
import { recognize, wordType } from "./recognize.ts"
import { corruptFile } from "./refusals.ts"

/** What a reader of Word files may be given. */
export interface DocxReaderOptions {
  /** Read the large pictures of documents that have no table, each as a page of its own; default none. */
  readonly pictures?: ReadonlyArray<DocumentReader>
}

/** A page of the result and where its pixels come from. */
interface RenderablePage {
  readonly page: Page
  readonly render: OpenDocument["render"]
}

const attempt = <Value>(read: () => Value) =>
  Effect.try({
    try: read,
    catch: (cause) =>
      cause instanceof DocumentError ? cause : corruptFile("This Word file does not hold what Word files do.", cause)
  })

const renderText: OpenDocument["render"] = () =>
  Effect.fail(
    new DocumentError({ code: "unsupported_type", message: "The text of a Word file has no pixels to render." })
  )

const openPicture = Effect.fnUntraced(function* (
  bytes: Uint8Array,
  limits: Limits,
  readers: ReadonlyArray<DocumentReader>
): Effect.fn.Return<ReadonlyArray<RenderablePage>, DocumentError, Scope.Scope> {
  const pictureReader = readers.find((candidate) => candidate.recognize(bytes) !== null)
  if (pictureReader === undefined) return []
  yield* pictureReader.check(bytes, limits)
  const { pages, render } = yield* pictureReader.open(bytes, limits)
  return pages.map((page) => ({ page, render: (_, options) => render(page.pageNumber, options) }))
})

/** One document of many pages, numbered anew. */
const joinPages = (pages: ReadonlyArray<RenderablePage>): OpenDocument => ({
  documentType: wordType,
  pages: pages.map(({ page }, index) => ({ ...page, pageNumber: index + 1 })),
  render: (pageNumber, options) => {
    const render = pages[pageNumber - 1]?.render ?? renderText
    return Effect.map(render(pageNumber, options), (image) => ({ ...image, pageNumber }))
  }
})

/**
 * A reader of Word files (`.docx`). The text becomes one page at 96 pixels an inch, laid out anew with one line for
 * each line of a paragraph. Tables come with their spans, shading and direction of writing; deleted, hidden and struck
 * text is left out. The page has no pixels: to render it fails with `unsupported_type`. Where the document has no
 * table, its large pictures follow as pages of their own, or stand alone where there is no text.
 */
export const makeDocxReader = ({ pictures: readers = [] }: DocxReaderOptions = {}): DocumentReader => ({
  name: "docx",
  recognize,
  check: Effect.fn("DocxReader.check")((bytes, limits) => attempt(() => void loadParts(bytes, limits))),
  open: Effect.fn("DocxReader.open")(function* (bytes, limits) {
    const { page, pictures } = yield* attempt(() => readDocument(loadParts(bytes, limits)))
    const opened = yield* Effect.forEach(pictures, (picture) => openPicture(picture, limits, readers))
    const picturePages = opened.flat()
    const isTextEmpty = page.words.length === 0 && picturePages.length > 0
    const pages = isTextEmpty ? picturePages : [{ page, render: renderText }, ...picturePages]
    if (pages.length > limits.pages) {
      return yield* new DocumentError({
        code: "too_many_pages",
        message: `This Word file has more than ${limits.pages} pages of pictures.`
      })
    }
    return joinPages(pages)
  })
})

/** {@link makeDocxReader} without readers of pictures; runs in a process of its own too. */
export const reader: DocumentReader = { ...makeDocxReader(), module: import.meta.url }
