/** The progress of jobs in memory. Used as a namespace: `MemoryProgressStore.layer`. */
import { Clock, Effect, Layer, Option } from "effect"
import { jobProgressEntry } from "../domain/redis/JobProgress.ts"
import { ProgressStore } from "./ProgressStore.ts"
import { decodeProgress, encodeProgress, type TextHash } from "./progressHash.ts"

const lifetimeMs = jobProgressEntry.lifetimeSeconds * 1_000

/** Of so many jobs the progress is kept at most; beyond it those go that were told of the longest ago. */
const maxJobs = 100_000

/** Progress of its own that lives as long as it is referred to. */
export const make = (): ProgressStore["Service"] => {
  // In the order in which they were last told of.
  const kept = new Map<string, { readonly hash: TextHash; readonly expiresMs: number }>()
  return {
    put: Effect.fnUntraced(function* (jobId, progress) {
      const hash = yield* encodeProgress(jobId, progress)
      const nowMs = yield* Clock.currentTimeMillis
      kept.delete(jobId)
      kept.set(jobId, { hash, expiresMs: nowMs + lifetimeMs })
      for (const [oldest, { expiresMs }] of kept) {
        if (expiresMs > nowMs && kept.size <= maxJobs) break
        kept.delete(oldest)
      }
    }),
    find: Effect.fnUntraced(function* (jobId) {
      const found = kept.get(jobId)
      if (found === undefined || found.expiresMs <= (yield* Clock.currentTimeMillis)) return Option.none()
      return Option.some(yield* decodeProgress(jobId, found.hash))
    }),
    remove: (jobId) => Effect.sync(() => void kept.delete(jobId))
  }
}

/** Provides `ProgressStore`; what it holds is gone with the process. */
export const layer: Layer.Layer<ProgressStore> = Layer.sync(ProgressStore, make)
