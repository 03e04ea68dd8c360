/** A journal in memory. Used as a namespace: `MemoryJournal.layer`. */
import { Effect, Layer } from "effect"
import { Journal, type JournalRow } from "./Journal.ts"

/** A journal of its own that lives as long as it is referred to. */
export const make = (): Journal["Service"] => {
  const runs = new Map<string, Array<JournalRow>>()
  return {
    append: (runId, row) =>
      Effect.sync(() => {
        const rows = runs.get(runId)
        if (rows === undefined) runs.set(runId, [row])
        else rows.push(row)
      }),
    read: (runId) => Effect.sync(() => runs.get(runId)?.slice() ?? []),
    remove: (runId) => Effect.sync(() => void runs.delete(runId))
  }
}

/** Provides `Journal`; what it holds is gone with the process. */
export const layer: Layer.Layer<Journal> = Layer.sync(Journal, make)
