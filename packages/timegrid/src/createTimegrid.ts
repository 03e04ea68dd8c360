import {
  type DocumentReaders,
  type Extraction,
  type ExtractionRun,
  type OcrProvider,
  type ProgressListener,
  standardPipeline
} from "@timegrid/core"
import type { Amount, EventListener } from "@timegrid/core/pipeline"
import { Context, Effect, Layer, ManagedRuntime, Semaphore } from "effect"
import type { DocumentInput } from "./DocumentInput.ts"
import { runFile } from "./extractFile.ts"
import { defaultConcurrency, layer, type TimegridOptions } from "./layer.ts"
import { TimegridClosedError } from "./TimegridClosedError.ts"
import { Tiers, tiersLayer } from "./tiers/Tiers.ts"

/** What the caller of `extract` and `run` may set. */
export interface ExtractOptions {
  /** Ends the extraction; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Called synchronously; it should return at once. */
  readonly onProgress?: ProgressListener | undefined
  /** Is told of each stage and each call to a provider; called synchronously. */
  readonly onEvent?: EventListener | undefined
  /** The most that providers may cost for this document. Default that of `createTimegrid`. */
  readonly budget?: Amount | undefined
  /** Recorded as `file`; it decides nothing. Default the name of the file, or `"document"`. */
  readonly file?: string | undefined
}

/** The standard pipeline with the readers and engines of a {@link Timegrid}. */
export type TimegridPipeline = ReturnType<typeof pipelineOf>

/** Reads timetables until it is closed. */
export interface Timegrid extends AsyncDisposable {
  /**
   * Reads the timetable off one document. Rejects with a `DocumentError`, `FileError`, `OcrError`,
   * `TimegridClosedError` or the reason of the signal; a document without a timetable gives no blocks and the warning
   * `no_timetable`.
   */
  readonly extract: (file: DocumentInput, options?: ExtractOptions) => Promise<Extraction>
  /** As `extract`, with how it went: each stage, what was spent, and whether the reading can be taken as it is. */
  readonly run: (file: DocumentInput, options?: ExtractOptions) => Promise<ExtractionRun>
  /**
   * The pipeline that reads, with its services: to add stages of one's own to, or to keep its runs in a journal. Each of
   * its runs is given a `budget` of its own; that of `createTimegrid` is for `extract` and `run`.
   */
  readonly pipeline: TimegridPipeline
  /** Ends the extractions under way, which reject with `TimegridClosedError`, and every process and thread. */
  readonly close: () => Promise<void>
}

/**
 * Starts what reads timetables: a warm process that parses files and, with the first page image, threads for OCR.
 *
 * ```ts
 * const timegrid = await createTimegrid()
 * try {
 *   const { timeblocks } = await timegrid.extract("timetable.pdf")
 * } finally {
 *   await timegrid.close()
 * }
 * ```
 */
export const createTimegrid = (options: TimegridOptions = {}): Promise<Timegrid> => {
  const runtime = ManagedRuntime.make(Layer.merge(layer(options), tiersLayer(options)))
  const places = Semaphore.makeUnsafe(options.concurrency ?? defaultConcurrency())
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()

  const run: Timegrid["run"] = (input, { signal, ...asked } = {}) => {
    const ended = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])
    if (ended.aborted) {
      return Promise.reject(ended.reason)
    }
    const { budget, limits, routing } = options
    const reading = Effect.flatMap(Tiers, (tiers) =>
      runFile(input, { limits, routing, ...tiers, ...asked, budget: asked.budget ?? budget })
    )
    const result = runtime.runPromise(places.withPermit(reading), { signal: ended })
    running.add(result)
    return result
      .catch((error) => Promise.reject(ended.aborted ? ended.reason : error))
      .finally(() => running.delete(result))
  }

  const extract: Timegrid["extract"] = async (input, asked) => (await run(input, asked)).extraction

  const close: Timegrid["close"] = () => {
    closing.abort(new TimegridClosedError({ message: "This Timegrid is closed." }))
    return Promise.allSettled(running).then(() => runtime.dispose())
  }

  return runtime.context().then(
    (services) => ({ extract, run, pipeline: pipelineOf(services, options), close, [Symbol.asyncDispose]: close }),
    (error) => runtime.dispose().then(() => Promise.reject(error))
  )
}

const pipelineOf = (
  services: Context.Context<DocumentReaders | OcrProvider | Tiers>,
  { limits, routing }: TimegridOptions
) => standardPipeline({ limits, routing, ...Context.get(services, Tiers) }).provide(services)
