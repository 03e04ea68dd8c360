import { Effect, Semaphore } from "effect"
import type { PSM } from "tesseract.js"
import type { LanguageData } from "./languageData.ts"
import { TesseractThread, ThreadEnded } from "./TesseractThread.ts"

/**
 * At most `size` threads, each started when a call finds no idle one. A call that is interrupted, and one whose thread
 * dies, gives up its thread; the next call starts another. Closed with the scope, calls fail with `ThreadEnded`.
 */
export const makePool = Effect.fnUntraced(function* (size: number, languages: ReadonlyArray<LanguageData>) {
  const permits = yield* Semaphore.make(size)
  const threads = new Set<TesseractThread>()
  let closed = false

  const take = (mode: PSM) =>
    Effect.suspend(() => {
      if (closed) return Effect.fail(new ThreadEnded({ cause: "the pool is closed" }))
      const idle = [...threads].filter((thread) => thread.isIdle)
      const thread = idle.find((each) => each.mode === mode) ?? idle[0] ?? new TesseractThread(languages)
      threads.add(thread)
      return Effect.succeed(thread)
    })
  const giveBack = (thread: TesseractThread) =>
    Effect.suspend(() => {
      if (thread.isIdle) return Effect.void
      threads.delete(thread)
      return thread.close
    })

  yield* Effect.addFinalizer(() =>
    Effect.suspend(() => {
      closed = true
      return Effect.forEach(threads, (thread) => thread.close, { concurrency: "unbounded", discard: true })
    })
  )
  return {
    /** Runs `use` with a thread of its own; threads that are already in `mode` are preferred. */
    withThread: <A, E>(mode: PSM, use: (thread: TesseractThread) => Effect.Effect<A, E>) =>
      permits.withPermits(1)(Effect.acquireUseRelease(take(mode), use, giveBack))
  }
})
