/** References to cached answers in memory. Used as a namespace: `MemoryCacheReferences.layer`. */
import { Effect, Layer } from "effect"
import { CacheReferences } from "./CacheReferences.ts"

/** References of its own that live as long as it is referred to. */
export const make = (): CacheReferences["Service"] => {
  const keys = new Map<string, Set<string>>()
  return {
    add: (documentId, key) =>
      Effect.sync(() => void keys.set(documentId, (keys.get(documentId) ?? new Set()).add(key))),
    list: (documentId) => Effect.sync(() => [...(keys.get(documentId) ?? [])]),
    remove: (documentId) => Effect.sync(() => void keys.delete(documentId))
  }
}

/** Provides `CacheReferences`; what it holds is gone with the process. */
export const layer: Layer.Layer<CacheReferences> = Layer.sync(CacheReferences, make)
