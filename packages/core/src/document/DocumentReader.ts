import type { Effect, Scope } from "effect"
import type { DocumentError } from "./DocumentError.ts"
import type { Limits } from "./Limits.ts"
import type { BoundingBox, Page, PageImage } from "./Page.ts"

/** MIME types of the documents that Timegrid reads by itself; other readers may add theirs. */
export type DocumentType =
  | "application/pdf"
  | "image/png"
  | "image/jpeg"
  | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  | (string & {})

/** What to render of a page. */
export interface RenderOptions {
  /** In pixels of the page; default the whole page. */
  readonly region?: BoundingBox
  /** Pixels of the result for one pixel of the page; default 1. */
  readonly scale?: number
}

/** A document that a reader holds open; closed with the scope that opened it. */
export interface OpenDocument {
  readonly documentType: DocumentType
  readonly pages: ReadonlyArray<Page>
  /** Pixels of a page or a region of it, rendered when asked for. */
  readonly render: (pageNumber: number, options?: RenderOptions) => Effect.Effect<PageImage, DocumentError>
}

/** Turns the bytes of one kind of document into pages. Adapters are checked by `documentReaderContract`. */
export interface DocumentReader {
  /** E.g. `"pdf"`; unique among the readers in use. */
  readonly name: string
  /** The type that the first bytes show, or null when they are not of this reader's kind. Never looks at a name. */
  readonly recognize: (bytes: Uint8Array) => DocumentType | null
  /** Fails with the code of the first limit or rule that the bytes break; cheap, and runs before any parser. */
  readonly check: (bytes: Uint8Array, limits: Limits) => Effect.Effect<void, DocumentError>
  /** Parses the bytes; `check` has passed. */
  readonly open: (bytes: Uint8Array, limits: Limits) => Effect.Effect<OpenDocument, DocumentError, Scope.Scope>
  /**
   * URL of a module whose export `reader` is this reader. With it the reader can run in a process of its own, with
   * limits on time and memory; without it, it runs where its caller does.
   */
  readonly module?: string
}
