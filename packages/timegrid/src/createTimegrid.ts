import type { Extraction, ProgressListener } from "@timegrid/core"
import { ManagedRuntime, Semaphore } from "effect"
import type { DocumentInput } from "./DocumentInput.ts"
import { extractFile } from "./extractFile.ts"
import { defaultConcurrency, layer, type TimegridOptions } from "./layer.ts"
import { TimegridClosedError } from "./TimegridClosedError.ts"

/** What the caller of `extract` may set. */
export interface ExtractOptions {
  /** Ends the extraction; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Called synchronously; it should return at once. */
  readonly onProgress?: ProgressListener | undefined
  /** Recorded as `file`; it decides nothing. Default the name of the file, or `"document"`. */
  readonly file?: string | undefined
}

/** Reads timetables until it is closed. */
export interface Timegrid extends AsyncDisposable {
  /**
   * Reads the timetable off one document. Rejects with a `DocumentError`, `FileError`, `OcrError`,
   * `TimegridClosedError` or the reason of the signal; a document without a timetable gives no blocks and the warning
   * `no_timetable`.
   */
  readonly extract: (file: DocumentInput, options?: ExtractOptions) => Promise<Extraction>
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
  const runtime = ManagedRuntime.make(layer(options))
  const places = Semaphore.makeUnsafe(options.concurrency ?? defaultConcurrency())
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()

  const extract: Timegrid["extract"] = (input, { file, onProgress, signal } = {}) => {
    const ended = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])
    if (ended.aborted) {
      return Promise.reject(ended.reason)
    }
    const extraction = extractFile(input, { file, limits: options.limits, onProgress })
    const result = runtime.runPromise(places.withPermit(extraction), { signal: ended })
    running.add(result)
    return result
      .catch((error) => Promise.reject(ended.aborted ? ended.reason : error))
      .finally(() => running.delete(result))
  }

  const close: Timegrid["close"] = () => {
    closing.abort(new TimegridClosedError({ message: "This Timegrid is closed." }))
    return Promise.allSettled(running).then(() => runtime.dispose())
  }

  return runtime.context().then(
    () => ({ extract, close, [Symbol.asyncDispose]: close }),
    (error) => runtime.dispose().then(() => Promise.reject(error))
  )
}
