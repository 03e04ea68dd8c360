import {
  type DocumentError,
  type DocumentReaders,
  defaultLimits,
  type ExtractDocumentOptions,
  type Extraction,
  type ExtractionRun,
  type Limits,
  type OcrError,
  type OcrProvider,
  runExtraction
} from "@timegrid/core"
import { Effect } from "effect"
import { type DocumentInput, loadDocument } from "./DocumentInput.ts"
import type { FileError } from "./FileError.ts"

/** What the caller of {@link extractFile} may set; by default `file` is the name of the file, or `"document"`. */
export interface ExtractFileOptions extends ExtractDocumentOptions {}

/** Loads one document from wherever it is, reads the timetable off it, and tells how that went; see `runExtraction`. */
export const runFile = Effect.fn("runFile")(function* (
  input: DocumentInput,
  { file, limits: changedLimits, ...options }: ExtractFileOptions = {}
): Effect.fn.Return<ExtractionRun, DocumentError | FileError | OcrError, DocumentReaders | OcrProvider> {
  const limits: Limits = { ...defaultLimits, ...changedLimits }
  const document = yield* loadDocument(input, limits)
  return yield* runExtraction(document.bytes, { ...options, file: file ?? document.file, limits })
})

/** As {@link runFile}, for those who only want what was read. */
export const extractFile = (
  input: DocumentInput,
  options?: ExtractFileOptions
): Effect.Effect<Extraction, DocumentError | FileError | OcrError, DocumentReaders | OcrProvider> =>
  Effect.map(runFile(input, options), ({ extraction }) => extraction)
