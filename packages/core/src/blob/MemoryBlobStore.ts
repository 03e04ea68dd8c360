/** Blobs in memory. Used as a namespace: `MemoryBlobStore.layer`. */
import { Effect, Layer, Option } from "effect"
import { BlobStore } from "./BlobStore.ts"

/** A store of its own that lives as long as it is referred to. */
export const make = (): BlobStore["Service"] => {
  const blobs = new Map<string, Uint8Array>()
  return {
    put: (key, bytes) =>
      Effect.sync(() => {
        blobs.set(key, bytes)
      }),
    find: (key) => Effect.sync(() => Option.fromNullishOr(blobs.get(key))),
    remove: (key) =>
      Effect.sync(() => {
        blobs.delete(key)
      })
  }
}

/** Provides `BlobStore`; what it holds is gone with the process. */
export const layer: Layer.Layer<BlobStore> = Layer.sync(BlobStore, make)
