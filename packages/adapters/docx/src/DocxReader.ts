import { DocumentError, type DocumentReader } from "@timegrid/core"
import { Effect } from "effect"
import { loadParts } from "./package/WordParts.ts"
import { readPage } from "./readPage.ts"
import { recognize, wordType } from "./recognize.ts"
import { corruptFile } from "./refusals.ts"

const attempt = <Value>(read: () => Value) =>
  Effect.try({
    try: read,
    catch: (cause) =>
      cause instanceof DocumentError ? cause : corruptFile("This Word file does not hold what Word files do.", cause)
  })

/**
 * Reads Word files (`.docx`): the whole document becomes one page at 96 pixels an inch, laid out anew with one line
 * for each line of a paragraph. Tables come with their spans, shading and direction of writing; deleted, hidden and
 * struck text is left out. Pages have no pixels: `render` fails with `unsupported_type`.
 */
export const reader: DocumentReader = {
  name: "docx",
  module: import.meta.url,
  recognize,
  check: Effect.fn("DocxReader.check")((bytes, limits) => attempt(() => void loadParts(bytes, limits))),
  open: Effect.fn("DocxReader.open")((bytes, limits) =>
    attempt(() => ({
      documentType: wordType,
      pages: [readPage(loadParts(bytes, limits))],
      render: () =>
        Effect.fail(
          new DocumentError({ code: "unsupported_type", message: "The pages of a Word file cannot be rendered." })
        )
    }))
  )
}
