import { Effect, Option, Stream } from "effect"
import type { BlobStore, StoredBlob } from "./BlobStore.ts"

/**
 * A folder of a store as a store of its own: what it calls `a/b` is `<folder>/a/b` there, which is what errors name.
 * Sweeping reaches all of the store.
 */
export const blobsUnder = (folder: string, blobs: BlobStore["Service"]): BlobStore["Service"] => {
  const outer = (key: string) => `${folder}/${key}`
  const inner = <Blob extends StoredBlob>(blob: Blob): Blob => ({ ...blob, key: blob.key.slice(folder.length + 1) })
  return {
    ...blobs,
    put: (key, ...rest) => blobs.put(outer(key), ...rest),
    putStream: (key, ...rest) => blobs.putStream(outer(key), ...rest),
    find: (key, ...rest) => blobs.find(outer(key), ...rest),
    open: (key, ...rest) => Effect.map(blobs.open(outer(key), ...rest), Option.map(inner)),
    stat: (key, ...rest) => Effect.map(blobs.stat(outer(key), ...rest), Option.map(inner)),
    list: (prefix) => Stream.map(blobs.list(outer(prefix)), inner),
    remove: (key, ...rest) => blobs.remove(outer(key), ...rest),
    presignGet: (key, ...rest) => blobs.presignGet(outer(key), ...rest),
    presignPost: (key, ...rest) => blobs.presignPost(outer(key), ...rest)
  }
}
