import {
  type DocumentError,
  type DocumentReaders,
  defaultLimits,
  type Extraction,
  extractDocument,
  type Limits,
  type OcrError,
  type OcrProvider,
  type ProgressListener
} from "@timegrid/core"
import { Effect } from "effect"
import { type DocumentInput, loadDocument } from "./DocumentInput.ts"
import type { FileError } from "./FileError.ts"

/** What the caller of {@link extractFile} may set. */
export interface ExtractFileOptions {
  /** Recorded as `file`; it decides nothing. Default the name of the file, or `"document"`. */
  readonly file?: string | undefined
  /** Those left out keep their defaults. */
  readonly limits?: Partial<Limits> | undefined
  /** Called synchronously; it should return at once. */
  readonly onProgress?: ProgressListener | undefined
}

/** Loads one document from wherever it is and reads the timetable off it; see `extractDocument`. */
export const extractFile = Effect.fn("extractFile")(function* (
  input: DocumentInput,
  { file, limits: changedLimits, onProgress }: ExtractFileOptions = {}
): Effect.fn.Return<Extraction, DocumentError | FileError | OcrError, DocumentReaders | OcrProvider> {
  const limits: Limits = { ...defaultLimits, ...changedLimits }
  const document = yield* loadDocument(input, limits)
  return yield* extractDocument(document.bytes, { file: file ?? document.file, limits, onProgress })
})
