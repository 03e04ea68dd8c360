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

/** Starts at its first recognition, runs one at a time, and is of no use after {@link TesseractThread.close}. */
export class TesseractThread {
  readonly #languages: ReadonlyArray<LanguageData>
  // stdout and stderr stay in the thread: tesseract warns there about every small or empty image.
  readonly #worker = new Worker(script, { stdout: true, stderr: true })
  readonly #end = new AbortController()
  #started = false
  #jobs = 0
  /** The page segmentation mode of the last recognition; changing it costs a message. */
  mode: PSM | undefined

  constructor(languages: ReadonlyArray<LanguageData>) {
    this.#languages = languages
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
  readonly recognize = Effect.fnUntraced(function* (this: TesseractThread, pnm: Uint8Array<ArrayBuffer>, mode: PSM) {
    yield* this.#start
    if (this.mode !== mode) {
      // The images state no resolution; without one tesseract guesses from the size of the letters and warns.
      const params = {
        tessedit_pageseg_mode: mode,
        user_defined_dpi: "300",
        // Of a line that it hardly reads tesseract reads the negative as well, which costs as much again. Lines come dark
        // on light; only in a layout that is still to be found there may be the other.
        invert_threshold: mode === PSM.SINGLE_LINE ? "0" : "0.7"
      }
      yield* this.#request("setParameters", { params })
      this.mode = mode
    }
    const output = { text: false, blocks: true }
    const answer = yield* this.#request("recognize", { image: pnm, options: {}, output }, [pnm.buffer])
    // The shape is tesseract.js's documented `Page`, of which only blocks were asked for.
    return (answer as { readonly blocks: ReadonlyArray<Block> | null }).blocks ?? []
  })

  /** Ends the thread whatever it does; returns when it is gone. */
  readonly close: Effect.Effect<void> = Effect.promise(() => this.#worker.terminate())

  readonly #start = Effect.gen({ self: this }, function* () {
    if (this.#started) return
    const codes = this.#languages.map(({ code }) => code)
    yield* this.#request("load", { options: { lstmOnly: true } })
    yield* this.#request("loadLanguage", { langs: this.#languages, options: { cacheMethod: "none", lstmOnly: true } })
    yield* this.#request("initialize", { langs: codes, oem: OEM.LSTM_ONLY })
    this.#started = true
  }).pipe(Effect.catchTag("RequestRefused", ({ cause }) => Effect.fail(new ThreadEnded({ cause }))))

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
