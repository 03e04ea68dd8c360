import { Effect, type Scope } from "effect"
import { DocumentError } from "../document/DocumentError.ts"
import type { OpenDocument } from "../document/DocumentReader.ts"
import { defaultLimits } from "../document/Limits.ts"
import type { Page } from "../document/Page.ts"
import type { ClassifiedDocument } from "./artifacts/ClassifiedDocument.ts"
import type { SourceDocument } from "./artifacts/SourceDocument.ts"
import { DocumentReaders } from "./DocumentReaders.ts"
import type { ReadingLimits } from "./stages/classification.ts"

/** Opens a document by the reader that its classification names; closed with the scope. */
export const openDocument = Effect.fnUntraced(function* (
  { bytes }: SourceDocument,
  { documentType, reader: name }: ClassifiedDocument,
  { limits }: ReadingLimits
): Effect.fn.Return<OpenDocument, DocumentError, DocumentReaders | Scope.Scope> {
  const reader = (yield* DocumentReaders).find((each) => each.name === name && each.recognize(bytes) !== null)
  if (reader === undefined) {
    const message = `The reader "${name}", which knew ${documentType}, is no longer in use.`
    return yield* new DocumentError({ code: "unsupported_type", message })
  }
  return yield* reader.open(bytes, { ...defaultLimits, ...limits })
})

/**
 * A document whose pages are known already: it is opened again when the first page image is asked for, and never where
 * none is. So pixels need not outlive a stage, nor a reader the stage that opened it.
 */
export const reopenedDocument = Effect.fnUntraced(function* (
  document: SourceDocument,
  classification: ClassifiedDocument,
  pages: ReadonlyArray<Page>,
  options: ReadingLimits
): Effect.fn.Return<OpenDocument, never, DocumentReaders | Scope.Scope> {
  const context = yield* Effect.context<DocumentReaders | Scope.Scope>()
  const opened = yield* Effect.cached(Effect.provideContext(openDocument(document, classification, options), context))
  return {
    documentType: classification.documentType,
    pages,
    render: (pageNumber, part) => Effect.flatMap(opened, ({ render }) => render(pageNumber, part))
  }
})
