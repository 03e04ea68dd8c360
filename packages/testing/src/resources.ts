import type { Worker } from "node:worker_threads"
import { Effect } from "effect"

/** What a piece of code has left open in this process. */
export interface OpenResources {
  /** Threads that were started since and still run. */
  readonly threads: number
  /** Kinds of handles that keep the process alive and did not before, e.g. `"TCPSocketWrap"`. */
  readonly handles: ReadonlyArray<string>
}

/** Starts watching; the inner effect tells what has been opened since and is still open. */
export const watchResources = Effect.gen(function* () {
  const threads: Array<Worker> = []
  const note = (thread: Worker) => threads.push(thread)
  yield* Effect.acquireRelease(
    Effect.sync(() => process.on("worker", note)),
    () => Effect.sync(() => process.off("worker", note))
  )
  const before = process.getActiveResourcesInfo().filter(isHandle)
  return Effect.sync((): OpenResources => {
    const handles = process.getActiveResourcesInfo().filter(isHandle)
    for (const kind of before) if (handles.includes(kind)) handles.splice(handles.indexOf(kind), 1)
    // An ended thread has the id -1.
    return { threads: threads.filter((thread) => thread.threadId !== -1).length, handles }
  })
})

// Pipes, timers and file requests are left out: the test runner has its own, which come and go.
const isHandle = (kind: string) =>
  ["ProcessWrap", "TCPServerWrap", "TCPSocketWrap", "TLSWrap", "UDPWrap"].includes(kind)

/** Seconds of processor time that this process, with all its threads, uses while `effect` runs. */
export const processorUse = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const start = process.cpuUsage()
    yield* effect
    const { system, user } = process.cpuUsage(start)
    return (system + user) / 1e6
  })
