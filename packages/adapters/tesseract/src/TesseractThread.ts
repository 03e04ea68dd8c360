/**
 * One thread with a tesseract engine in it.
 *
 * It speaks to tesseract.js's own worker script directly. The library's `createWorker` gives no hold on the thread until
 * it has started: a start that fails or is interrupted leaks it, one with broken language data ends the whole process
 * (the script answers twice), and a thread that dies leaves its callers waiting for ever.
 */
import { createRequire } from "node:module"
import { Worker } from "node:worker_threads"
import { Data, Effect } from "effect"
import { type Block, OEM, PSM } from "tesseract.js"
import type { LanguageData } from "./languageData.ts"

/** The engine inside the thread refused a request, e.g. an image that it cannot decode. */
export class RequestRefused extends Data.TaggedError("RequestRefused")<{ readonly cause: unknown }> {}

/** The thread could not start, or ended before it answered. */
export class ThreadEnded extends Data.TaggedError("ThreadEnded")<{ readonly cause: unknown }> {}

/** What the worker script posts back; `progress` comes any number of times, and never last. */
interface Answer {
  readonly jobId: string
  readonly status: "resolve" | "reject" | "progress"
  readonly data: unknown
}

const script = createRequire(import.meta.url).resolve("tesseract.js/src/worker-script/node/index.js")

/** How an image is read. */
export interface ReadingMode {
  readonly segmentation: PSM
  /** Read together, the most frequent first. */
  readonly languages: ReadonlyArray<LanguageData>
}

/** Starts at its first recognition, runs one at a time, and is of no use after {@link TesseractThread.close}. */
export class TesseractThread {
  // stdout and stderr stay in the thread: tesseract warns there about every small or empty image.
  readonly #worker = new Worker(script, { stdout: true, stderr: true })
  readonly #end = new AbortController()
  readonly #loaded = new Set<LanguageData>()
  #started = false
  #jobs = 0
  /** That of the last recognition: another segmentation costs a message, other languages a tenth of a second. */
  mode: ReadingMode | undefined

  constructor() {
    this.#worker.stdout.resume()
    this.#worker.stderr.resume()
    this.#worker.on("error", (cause) => this.#end.abort(cause))
    this.#worker.once("exit", (code) => this.#end.abort(new Error(`the thread ended with code ${code}`)))
  }

  /** Whether it died or was closed. */
  get hasEnded(): boolean {
    return this.#end.signal.aborted
  }

  /** Blocks of a PNM file, whose bytes are gone afterwards. Interrupted, the engine goes on: only closing stops it. */
  readonly recognize = Effect.fnUntraced(function* (
    this: TesseractThread,
    pnm: Uint8Array<ArrayBuffer>,
    mode: ReadingMode
  ) {
    yield* this.#speak(mode.languages)
    if (this.mode?.segmentation !== mode.segmentation) {
      // The images state no resolution; without one tesseract guesses from the size of the letters and warns.
      const params = {
        tessedit_pageseg_mode: mode.segmentation,
        user_defined_dpi: "300",
        // Of a line that it hardly reads tesseract reads the negative as well, which costs as much again. Lines come dark
        // on light; only in a layout that is still to be found there may be the other.
        invert_threshold: mode.segmentation === PSM.SINGLE_LINE ? "0" : "0.7"
      }
      yield* this.#request("setParameters", { params })
    }
    this.mode = mode
    const output = { text: false, blocks: true }
    const answer = yield* this.#request("recognize", { image: pnm, options: {}, output }, [pnm.buffer])
    // The shape is tesseract.js's documented `Page`, of which only blocks were asked for.
    return (answer as { readonly blocks: ReadonlyArray<Block> | null }).blocks ?? []
  })

  /** Ends the thread whatever it does; returns when it is gone. */
  readonly close: Effect.Effect<void> = Effect.promise(() => this.#worker.terminate())

  /** Makes the engine one of these languages. */
  #speak(languages: ReadonlyArray<LanguageData>) {
    if (this.mode?.languages === languages) return Effect.void
    return Effect.gen({ self: this }, function* () {
      // The script compares `lstmOnly` with numbers of engines: anything else loads the core with the legacy engine in it.
      if (!this.#started) yield* this.#request("load", { options: { lstmOnly: OEM.LSTM_ONLY } })
      this.#started = true
      const missing = languages.filter((language) => !this.#loaded.has(language))
      if (missing.length > 0) {
        yield* this.#request("loadLanguage", { langs: missing, options: { cacheMethod: "none", lstmOnly: true } })
      }
      for (const language of missing) this.#loaded.add(language)
      yield* this.#request("initialize", { langs: languages.map(({ code }) => code), oem: OEM.LSTM_ONLY })
      // What was set has gone with the old engine.
      this.mode = undefined
    }).pipe(Effect.catchTag("RequestRefused", ({ cause }) => Effect.fail(new ThreadEnded({ cause }))))
  }

  #request(action: string, payload: object, transfer: ReadonlyArray<ArrayBuffer> = []) {
    return Effect.callback<unknown, RequestRefused | ThreadEnded>((resume) => {
      const jobId = `${action}-${this.#jobs++}`
      const ended = () => resume(Effect.fail(new ThreadEnded({ cause: this.#end.signal.reason })))
      if (this.#end.signal.aborted) return ended()
      const settle = ({ data, jobId: answered, status }: Answer) => {
        if (answered !== jobId || status === "progress") return
        stopListening()
        resume(status === "resolve" ? Effect.succeed(data) : Effect.fail(new RequestRefused({ cause: data })))
      }
      const stopListening = () => {
        this.#worker.off("message", settle)
        this.#end.signal.removeEventListener("abort", ended)
      }
      this.#worker.on("message", settle)
      this.#end.signal.addEventListener("abort", ended, { once: true })
      this.#worker.postMessage({ workerId: "timegrid", jobId, action, payload }, transfer)
      return Effect.sync(stopListening)
    })
  }
}
