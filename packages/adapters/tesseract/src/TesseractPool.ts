import { Effect, Exit, Semaphore } from "effect"
import { type ReadingMode, TesseractThread, ThreadEnded } from "./TesseractThread.ts"

/**
 * At most `size` threads, each started when a call finds no idle one. A call that fails or is interrupted ends its
 * thread, and a later call starts another: the engine cannot be stopped otherwise, and after a fault inside it nothing
 * that it says can be relied upon. Once the scope is closed, calls fail with `ThreadEnded`.
 */
export const makePool = Effect.fnUntraced(function* (size: number) {
  const permits = yield* Semaphore.make(size)
  const threads = new Set<TesseractThread>()
  const idle = new Set<TesseractThread>()
  let closed = false

  const take = (mode: ReadingMode) =>
    Effect.suspend(() => {
      if (closed) return Effect.fail(new ThreadEnded({ cause: "the pool is closed" }))
      for (const dead of [...idle].filter((each) => each.hasEnded)) {
        idle.delete(dead)
        threads.delete(dead)
      }
      const waiting = [...idle]
      const thread =
        waiting.toSorted((one, other) => likeness(other.mode, mode) - likeness(one.mode, mode))[0] ??
        new TesseractThread()
      idle.delete(thread)
      threads.add(thread)
      return Effect.succeed(thread)
    })
  const giveBack = <A, E>(thread: TesseractThread, exit: Exit.Exit<A, E>) =>
    Effect.suspend(() => {
      if (Exit.isSuccess(exit)) {
        idle.add(thread)
        return Effect.void
      }
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
    /** Runs `use` with a thread of its own; threads that are already in `mode`, or nearly so, are preferred. */
    withThread: <A, E>(mode: ReadingMode, use: (thread: TesseractThread) => Effect.Effect<A, E>) =>
      permits.withPermits(1)(Effect.acquireUseRelease(take(mode), use, giveBack))
  }
})

/** How little it costs to bring a thread from one mode to another. */
const likeness = (mode: ReadingMode | undefined, wanted: ReadingMode): number =>
  mode?.languages !== wanted.languages ? 0 : mode.segmentation === wanted.segmentation ? 2 : 1
