import { Data } from "effect"

/** Stable codes of everything that can be wrong with an input file. */
export const documentErrorCodes = [
  "unsupported_type",
  "empty_file",
  "file_too_large",
  "document_encrypted",
  "corrupt_file",
  "image_too_large",
  "decompression_bomb",
  "too_many_pages",
  "active_content",
  "processing_timeout"
] as const

/** See {@link documentErrorCodes}. */
export type DocumentErrorCode = (typeof documentErrorCodes)[number]

/** A document that cannot be read. Branch on `code`, never on `message`, which is one sentence for people. */
export class DocumentError extends Data.TaggedError("DocumentError")<{
  readonly code: DocumentErrorCode
  readonly message: string
  readonly cause?: unknown
}> {
  /** The same bytes will fail again, except where a limit on time was met. */
  get isRetryable(): boolean {
    return this.code === "processing_timeout"
  }
}
