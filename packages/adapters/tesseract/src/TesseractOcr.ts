/** Offline OCR by tesseract.js, in a pool of threads. Used as a namespace: `TesseractOcr.layer()`. */
import { availableParallelism } from "node:os"
import {
  EngineUnavailable,
  isBlankImage,
  OcrError,
  type OcrOptions,
  OcrProvider,
  type PageImage,
  UnreadableImage
} from "@timegrid/core"
import { Effect, Layer } from "effect"
import { PSM } from "tesseract.js"
import { furtherLanguages, type LanguageData, type LanguageDataMissing, loadLanguageData } from "./languageData.ts"
import { darkOnLight, pnmOf } from "./pnm.ts"
import { makePool } from "./TesseractPool.ts"
import type { RequestRefused, ThreadEnded } from "./TesseractThread.ts"
import { wordsOf } from "./words.ts"

/** What can be chosen of {@link layer}. */
export interface TesseractOptions {
  /**
   * Tesseract's names of the languages that a page is read in as long as nothing is known of it, the most frequent
   * first. Default `["eng"]`, which comes with this package, as `fra` does; for another install
   * `@tesseract.js-data/<language>` beside it, or name a `languageDataPath`.
   */
  readonly languages?: ReadonlyArray<string>
  /** A folder with a `<language>.traineddata.gz` or `<language>.traineddata` for each language. */
  readonly languageDataPath?: string
  /** Threads at most, each of about 100 MB when it has started. Default one a processor, up to 4. */
  readonly workers?: number
}

const engine = "tesseract.js@7"

// SPARSE_TEXT finds more of a timetable's words than AUTO, which takes its columns for articles, and keeps their rows.
const segmentations = { page: PSM.SPARSE_TEXT, block: PSM.SINGLE_BLOCK, line: PSM.SINGLE_LINE } as const

const unavailable = (cause: unknown, pageNumber?: number) =>
  new OcrError({
    engine,
    ...(pageNumber === undefined ? {} : { pageNumber }),
    reason: new EngineUnavailable({ cause })
  })

const checkImage = ({ channels, data, heightPx, pageNumber, widthPx }: PageImage) =>
  widthPx > 0 && heightPx > 0 && data.length === widthPx * heightPx * channels
    ? Effect.void
    : Effect.fail(
        new OcrError({
          engine,
          pageNumber,
          reason: new UnreadableImage({
            cause: `${data.length} bytes are no image of ${widthPx} × ${heightPx} pixels with ${channels} channels`
          })
        })
      )

/**
 * Provides `OcrProvider`. Threads start with the first calls, run one call each, and end with the scope; an interrupted
 * call ends its thread, since tesseract cannot stop a recognition. Nothing is ever downloaded: a language that is not
 * there fails the layer with `EngineUnavailable`, language data that is broken fails the first call so.
 */
export const layer = (options: TesseractOptions = {}): Layer.Layer<OcrProvider, OcrError> =>
  Layer.effect(
    OcrProvider,
    Effect.gen(function* () {
      const concurrency = Math.max(1, options.workers ?? Math.min(4, availableParallelism()))
      const names = options.languages ?? ["eng"]
      const languages = yield* Effect.forEach(names, (language) =>
        loadLanguageData(language, options.languageDataPath)
      ).pipe(Effect.mapError((cause) => unavailable(cause)))
      const further = new Map<string, Effect.Effect<ReadonlyArray<LanguageData>, LanguageDataMissing>>()
      for (const [code, name] of furtherLanguages(names, options.languageDataPath)) {
        const load = Effect.map(loadLanguageData(name, options.languageDataPath), (data) => [data])
        further.set(code, yield* Effect.cached(load))
      }
      const pool = yield* makePool(concurrency)

      const languagesFor = (code: string | undefined) =>
        Effect.mapError((code !== undefined && further.get(code)) || Effect.succeed(languages), (cause) =>
          unavailable(cause)
        )

      const recognize = Effect.fn("TesseractOcr.recognize")(function* (
        image: PageImage,
        { language, layout = "page" }: OcrOptions = {}
      ) {
        yield* checkImage(image)
        if (isBlankImage(image)) return []
        const mode = { segmentation: segmentations[layout], languages: yield* languagesFor(language) }
        const blocks = yield* pool
          .withThread(mode, (thread) =>
            Effect.suspend(() => thread.recognize(pnmOf(layout === "line" ? darkOnLight(image) : image), mode))
          )
          .pipe(Effect.mapError(toOcrError(image.pageNumber)))
        return wordsOf(blocks, image, engine)
      })
      return OcrProvider.of({
        engine,
        granularity: "crop",
        concurrency,
        parameters: { languages: names.join("+") },
        languages: [...further.keys()],
        recognize
      })
    })
  )

const toOcrError = (pageNumber: number) => (error: RequestRefused | ThreadEnded) =>
  error._tag === "ThreadEnded"
    ? unavailable(error, pageNumber)
    : new OcrError({ engine, pageNumber, reason: new UnreadableImage({ cause: error.cause }) })
