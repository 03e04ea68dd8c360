import { Effect } from "effect"
import { DocumentError } from "../document/DocumentError.ts"
import type { DocumentReader, DocumentType } from "../document/DocumentReader.ts"
import type { Limits } from "../document/Limits.ts"
import { DocumentReaders } from "./DocumentReaders.ts"

/** What a document is, by its content alone, and who reads it. */
export interface Classification {
  readonly documentType: DocumentType
  readonly reader: DocumentReader
}

/**
 * Finds the reader of a document and has it check the limits. Fails with `empty_file`, `file_too_large`,
 * `unsupported_type`, or what the reader's check refuses.
 */
export const classifyDocument = Effect.fn("classifyDocument")(function* (
  bytes: Uint8Array,
  limits: Limits
): Effect.fn.Return<Classification, DocumentError, DocumentReaders> {
  if (bytes.byteLength === 0) {
    return yield* new DocumentError({ code: "empty_file", message: "The file is empty." })
  }
  if (bytes.byteLength > limits.fileBytes) {
    return yield* fileTooLarge(limits)
  }
  for (const reader of yield* DocumentReaders) {
    const documentType = reader.recognize(bytes)
    if (documentType !== null) {
      yield* reader.check(bytes, limits)
      return { documentType, reader }
    }
  }
  return yield* new DocumentError({
    code: "unsupported_type",
    message: "The content is of no kind that can be read here."
  })
})

/** The error for a file, or a stream not yet at its end, of more than `limits.fileBytes`. */
export const fileTooLarge = (limits: Limits): DocumentError =>
  new DocumentError({
    code: "file_too_large",
    message: `The file is larger than ${mebibytes(limits.fileBytes)} MiB, the most that is read.`
  })

const mebibytes = (bytes: number): string =>
  (bytes / 1024 / 1024).toLocaleString("en", { maximumSignificantDigits: 3, useGrouping: false })
