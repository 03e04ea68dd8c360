import { Worker } from "node:worker_threads"
import { Data, Effect } from "effect"
import type { CancelRequest, ReadAnswer, ReadRequest } from "./protocol.ts"
import type { ReadWord } from "./readWords.ts"

/** A model could not be loaded, or the thread ended before it answered. */
export class ThreadUnavailable extends Data.TaggedError("ThreadUnavailable")<{ readonly cause: unknown }> {}

/** A model failed on the image. */
export class InferenceFailed extends Data.TaggedError("InferenceFailed")<{ readonly cause: unknown }> {}

/** A thread with the models in it; it ends with the scope. */
export interface PaddleThread {
  /**
   * Words of an image. A run of a model cannot be stopped: interrupted, the thread goes on to the end of that run and
   * drops its result, and the next request waits for it.
   */
  readonly read: (
    request: Omit<ReadRequest, "id">
  ) => Effect.Effect<ReadonlyArray<ReadWord>, ThreadUnavailable | InferenceFailed>
}

// Beside this module, in the sources and in the built package alike.
const program = new URL(import.meta.url.endsWith(".ts") ? "./threadProgram.ts" : "./threadProgram.js", import.meta.url)

/** Starts a thread; its models are loaded with the first request. */
export const makeThread = Effect.gen(function* () {
  const ended = new AbortController()
  const worker = yield* Effect.acquireRelease(
    Effect.sync(() => new Worker(program)),
    (worker) => Effect.promise(() => worker.terminate())
  )
  worker.on("error", (cause) => ended.abort(cause))
  worker.once("exit", (code) => ended.abort(new Error(`the thread ended with code ${code}`)))
  let requests = 0

  const read: PaddleThread["read"] = (request) =>
    Effect.callback((resume) => {
      const id = requests++
      const fail = () => resume(Effect.fail(new ThreadUnavailable({ cause: ended.signal.reason })))
      if (ended.signal.aborted) return fail()
      const settle = (answer: ReadAnswer) => {
        if (answer.id !== id) return
        stopListening()
        resume(outcomeOf(answer))
      }
      const stopListening = () => {
        worker.off("message", settle)
        ended.signal.removeEventListener("abort", fail)
      }
      worker.on("message", settle)
      ended.signal.addEventListener("abort", fail, { once: true })
      worker.postMessage({ ...request, id } satisfies ReadRequest)
      return Effect.sync(() => {
        stopListening()
        worker.postMessage({ cancel: id } satisfies CancelRequest)
      })
    })
  return { read } satisfies PaddleThread
})

const outcomeOf = (answer: ReadAnswer) => {
  switch (answer.type) {
    case "words":
      return Effect.succeed(answer.words)
    case "unavailable":
      return Effect.fail(new ThreadUnavailable({ cause: answer.cause }))
    case "failed":
      return Effect.fail(new InferenceFailed({ cause: answer.cause }))
  }
}
