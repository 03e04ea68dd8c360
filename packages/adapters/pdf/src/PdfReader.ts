import { DocumentError, type DocumentReader } from "@timegrid/core"
import { Effect, Scope } from "effect"
import { faultOf, hasEnd, hasHeader } from "./checks.ts"
import { parse } from "./engine.ts"
import { readPage } from "./readPage.ts"
import { openDrawable } from "./render.ts"

const documentType = "application/pdf"

/**
 * Reads PDF files: the words, rules and fills that a page shows, in pixels at 200 dpi, and its image when asked for.
 * Text that nobody sees (render mode 3, hidden layers, outside the crop box, painted over) is no word. Files that open
 * with an empty password are read. Scripts are never run, and files that run one or start a program on opening are refused.
 */
export const reader: DocumentReader = {
  name: "pdf",
  module: import.meta.url,
  recognize: (bytes) => (hasHeader(bytes) ? documentType : null),
  check: (bytes, limits) =>
    Effect.suspend(() => {
      const fault = faultOf(bytes, limits)
      return fault === null ? Effect.void : Effect.fail(fault)
    }),
  open: Effect.fn("PdfReader.open")(function* (bytes, limits) {
    const parsed = yield* parse(bytes, limits)
    const numbers = Array.from({ length: parsed.document.numPages }, (_, index) => index + 1)
    const pages = yield* Effect.forEach(numbers, (pageNumber) => readPage(parsed, pageNumber))
    const isBlank = pages.every(({ images, words }) => words.length + images.length === 0)
    if (isBlank && !hasEnd(bytes)) {
      return yield* new DocumentError({ code: "corrupt_file", message: "The PDF is cut off before its first word." })
    }
    const scope = yield* Scope.Scope
    const drawable = yield* Effect.cached(Effect.provideService(openDrawable(bytes), Scope.Scope, scope))
    return {
      documentType,
      pages,
      render: (pageNumber, options) =>
        Effect.flatMap(drawable, ({ draw }) => {
          const page = pages[pageNumber - 1]
          return page === undefined
            ? Effect.die(new RangeError(`The document has no page ${pageNumber}.`))
            : draw(page, limits, options)
        })
    }
  })
}
