import type { DocumentErrorCode, DocumentType, Limits, Page, PageImage, RenderOptions } from "@timegrid/core"

/** What the parent asks of a parser process; one document is open at a time. */
export type ParserRequest =
  | { readonly type: "check"; readonly module: string; readonly bytes: Uint8Array; readonly limits: Limits }
  | { readonly type: "open"; readonly module: string; readonly bytes: Uint8Array; readonly limits: Limits }
  | { readonly type: "render"; readonly pageNumber: number; readonly options: RenderOptions | undefined }
  | { readonly type: "close" }

/** An opened document without its `render`, which is a request of its own. */
export interface OpenedDocument {
  readonly documentType: DocumentType
  readonly pages: ReadonlyArray<Page>
}

/** A page image whose pixels come in {@link ParserMessage} chunks before it. */
export type ImageHeader = Omit<PageImage, "data">

/** What a request ends with. */
export type ParserOutcome =
  | { readonly type: "checked" }
  | { readonly type: "opened"; readonly document: OpenedDocument }
  | { readonly type: "rendered"; readonly image: ImageHeader }
  | { readonly type: "closed" }
  | { readonly type: "refused"; readonly code: DocumentErrorCode; readonly message: string }
  /** The reader threw what it does not declare; `stack` is for its author. */
  | { readonly type: "defect"; readonly stack: string }

/** What a parser process sends: `ready` once, then chunks of pixels and one outcome for each request. */
export type ParserMessage =
  | { readonly type: "ready" }
  | { readonly type: "pixels"; readonly requestId: number; readonly bytes: Uint8Array }
  | { readonly type: "outcome"; readonly requestId: number; readonly outcome: ParserOutcome }

/** A request with the number that its messages carry. */
export interface NumberedRequest {
  readonly requestId: number
  readonly request: ParserRequest
}

/** With which a parser process ends itself when it takes more memory than allowed; it leaves no core file. */
export const outOfMemorySignal = "SIGUSR2"
