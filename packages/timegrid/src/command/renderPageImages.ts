import {
  classifyDocument,
  type DocumentError,
  type DocumentReaders,
  type EncodedPageImage,
  type Limits,
  type OpenDocument,
  type Page
} from "@timegrid/core"
import { encodePageImage } from "@timegrid/image"
import { Effect } from "effect"

/** Pixels across an image at most: a full page stays legible, and its file stays small. */
const mostWidthPx = 1400

/** Opens the document once more and renders each of its pages that has pixels; the text of a Word file has none. */
export const renderPageImages = Effect.fn("renderPageImages")(function* (
  bytes: Uint8Array,
  limits: Limits
): Effect.fn.Return<ReadonlyArray<EncodedPageImage>, DocumentError, DocumentReaders> {
  const { reader } = yield* classifyDocument(bytes, limits)
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const document = yield* reader.open(bytes, limits)
      const images = yield* Effect.forEach(document.pages, (page) => renderPage(document, page))
      return images.filter((image) => image !== null)
    })
  )
})

const renderPage = (
  document: OpenDocument,
  { pageNumber, widthPx }: Page
): Effect.Effect<EncodedPageImage | null, DocumentError> =>
  document.render(pageNumber, { scale: Math.min(1, mostWidthPx / widthPx) }).pipe(
    Effect.flatMap(encodePageImage),
    Effect.catchIf(
      ({ code }) => code === "unsupported_type",
      () => Effect.succeed(null)
    )
  )
