import type { Worker } from "node:worker_threads"
import { Effect } from "effect"

/** The threads that this process starts from now on, those that have ended too; for as long as the scope is open. */
export const watchThreads = Effect.gen(function* () {
  const threads: Array<Worker> = []
  const note = (thread: Worker) => threads.push(thread)
  yield* Effect.acquireRelease(
    Effect.sync(() => process.on("worker", note)),
    () => Effect.sync(() => process.off("worker", note))
  )
  return threads
})

/** An ended thread has the id -1. */
export const isRunning = (thread: Worker): boolean => thread.threadId !== -1
