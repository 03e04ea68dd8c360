import { Context } from "effect"
import type { DocumentReader } from "../document/DocumentReader.ts"

/** The readers in use, asked in this order; the first that recognises the bytes reads the document. */
export class DocumentReaders extends Context.Service<DocumentReaders, ReadonlyArray<DocumentReader>>()(
  "@timegrid/core/extraction/DocumentReaders"
) {}
