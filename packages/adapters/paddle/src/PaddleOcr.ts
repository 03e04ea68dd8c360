/** Offline OCR by PP-OCRv4 in onnxruntime, on threads. Used as a namespace: `PaddleOcr.layer()`. */
import { availableParallelism } from "node:os"
import {
  EngineUnavailable,
  isBlankImage,
  OcrError,
  type OcrOptions,
  OcrProvider,
  type PageImage,
  UnreadableImage,
  type Word
} from "@timegrid/core"
import { Effect, Layer, Pool } from "effect"
import { coversWith, loadModels } from "./models.ts"
import { type InferenceFailed, makeThread, type ThreadUnavailable } from "./PaddleThread.ts"
import type { ReadWord } from "./readWords.ts"

/** What can be chosen of {@link layer}. */
export interface PaddleOptions {
  /**
   * Threads at most. Each uses one processor and takes 110 to 150 MB when it has started. Default 2, or 1 where there
   * is only one processor.
   */
  readonly workers?: number
}

const engine = "pp-ocrv4"

/** A thread that has had nothing to do for so long ends and gives its memory back. */
const idleTime = "1 minute"

const unavailable = (cause: unknown, pageNumber?: number) =>
  new OcrError({
    engine,
    ...(pageNumber === undefined ? {} : { pageNumber }),
    reason: new EngineUnavailable({ cause })
  })

const unreadable = (cause: unknown, pageNumber: number) =>
  new OcrError({ engine, pageNumber, reason: new UnreadableImage({ cause }) })

const checkImage = ({ channels, data, heightPx, pageNumber, widthPx }: PageImage) =>
  widthPx > 0 && heightPx > 0 && data.length === widthPx * heightPx * channels
    ? Effect.void
    : Effect.fail(
        unreadable(
          `${data.length} bytes are no image of ${widthPx} × ${heightPx} pixels with ${channels} channels`,
          pageNumber
        )
      )

/**
 * Provides `OcrProvider`. Threads start with the first calls, read one image each, and end with the scope. A call that
 * is interrupted returns at once; its thread finishes the line under way and drops it, and only then takes another image.
 * Nothing is ever downloaded. The layer fails with `EngineUnavailable` when the models are missing, the first call so when
 * onnxruntime has no library for this machine.
 */
export const layer = (options: PaddleOptions = {}): Layer.Layer<OcrProvider, OcrError> =>
  Layer.effect(
    OcrProvider,
    Effect.gen(function* () {
      const concurrency = Math.max(1, options.workers ?? Math.min(2, availableParallelism()))
      const { alphabet } = yield* Effect.tryPromise({ try: loadModels, catch: (cause) => unavailable(cause) })
      const threads = yield* Pool.makeWithTTL({
        acquire: makeThread,
        min: 0,
        max: concurrency,
        timeToLive: idleTime,
        timeToLiveStrategy: "usage"
      })

      const recognize = Effect.fn("PaddleOcr.recognize")(function* (
        { pageNumber, ...image }: PageImage,
        { layout = "page" }: OcrOptions = {}
      ) {
        yield* checkImage({ pageNumber, ...image })
        if (isBlankImage(image)) return []
        const words = yield* Effect.scoped(
          Effect.gen(function* () {
            const thread = yield* Pool.get(threads)
            return yield* thread
              .read({ pixels: image, layout })
              .pipe(Effect.tapErrorTag("ThreadUnavailable", () => Pool.invalidate(threads, thread)))
          })
        ).pipe(Effect.mapError(toOcrError(pageNumber)))
        return words.map(toWord)
      })
      return OcrProvider.of({ engine, granularity: "crop", concurrency, covers: coversWith(alphabet), recognize })
    })
  )

const toWord = ({ lineHeightPx, ...word }: ReadWord): Word => ({
  ...word,
  source: "ocr",
  engine,
  style: { fontSizePx: lineHeightPx, bold: false, italic: false, color: null }
})

const toOcrError = (pageNumber: number) => (error: ThreadUnavailable | InferenceFailed) =>
  error._tag === "ThreadUnavailable" ? unavailable(error, pageNumber) : unreadable(error.cause, pageNumber)
