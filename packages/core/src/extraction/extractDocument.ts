import { Clock, Effect } from "effect"
import type { DocumentError } from "../document/DocumentError.ts"
import { defaultLimits, type Limits } from "../document/Limits.ts"
import type { OcrError } from "../ocr/OcrError.ts"
import type { OcrProvider } from "../ocr/OcrProvider.ts"
import { interpretPages } from "../timetable/interpretPages.ts"
import { classifyDocument } from "./classifyDocument.ts"
import type { DocumentReaders } from "./DocumentReaders.ts"
import type { Extraction } from "./Extraction.ts"
import { type ExtractionStage, type ProgressListener, pagesProgress, stageBegins } from "./ExtractionProgress.ts"
import { hashDocument } from "./hashDocument.ts"
import { readPages } from "./readPages.ts"
import { validateExtraction } from "./validateExtraction.ts"

/** What the caller of {@link extractDocument} may set. */
export interface ExtractDocumentOptions {
  /** Recorded as `file`; it decides nothing. Default `"document"`. */
  readonly file?: string | undefined
  /** Those left out keep their defaults. */
  readonly limits?: Partial<Limits> | undefined
  readonly onProgress?: ProgressListener | undefined
}

/**
 * Reads the timetable off one document: classify, open, read the pages, interpret, validate. Interruption reaches into
 * readers and OCR. A document without a timetable succeeds with no blocks and the warning `no_timetable`.
 */
export const extractDocument = Effect.fn("extractDocument")(function* (
  bytes: Uint8Array,
  { file = "document", limits: changedLimits, onProgress = () => {} }: ExtractDocumentOptions = {}
): Effect.fn.Return<Extraction, DocumentError | OcrError, DocumentReaders | OcrProvider> {
  const limits: Limits = { ...defaultLimits, ...changedLimits }
  const timings = { classification: 0, preprocessing: 0, ocr: 0, interpretation: 0, validation: 0, total: 0 }
  let pageCount: number | null = null

  const stage = Effect.fnUntraced(function* <A, E, R>(name: ExtractionStage, work: Effect.Effect<A, E, R>) {
    onProgress(stageBegins(name, pageCount))
    const [milliseconds, result] = yield* timed(work)
    timings[name] = milliseconds
    timings.total = roundedMilliseconds(timings.total + milliseconds)
    return result
  })

  const { documentHash, documentType, reader } = yield* stage(
    "classification",
    Effect.gen(function* () {
      const classification = yield* classifyDocument(bytes, limits)
      return { ...classification, documentHash: yield* hashDocument(bytes) }
    })
  )

  // The document is closed before interpretation, so that its reader can take the next one meanwhile.
  const pages = yield* Effect.scoped(
    Effect.gen(function* () {
      const document = yield* stage("preprocessing", reader.open(bytes, limits))
      pageCount = document.pages.length
      const onPagesRead = (pagesRead: number) => onProgress(pagesProgress("ocr", pagesRead, document.pages.length))
      return yield* stage("ocr", readPages(document, onPagesRead))
    })
  )

  const interpretation = yield* stage(
    "interpretation",
    Effect.sync(() => interpretPages(pages.map(({ page }) => page)))
  )

  const extraction = yield* stage(
    "validation",
    validateExtraction({ file, documentHash, documentType, pages, interpretation })
  )
  onProgress(pagesProgress("validation", pages.length, pages.length))
  return { ...extraction, timings }
})

const timed = Effect.fnUntraced(function* <A, E, R>(work: Effect.Effect<A, E, R>) {
  const start = yield* Clock.monotonicTimeNanos
  const result = yield* work
  const end = yield* Clock.monotonicTimeNanos
  return [roundedMilliseconds(Number(end - start) / 1e6), result] as const
})

const roundedMilliseconds = (milliseconds: number): number => Math.round(milliseconds * 100) / 100
