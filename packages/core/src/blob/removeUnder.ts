import { Effect, Option, Stream } from "effect"
import type { BlobError } from "./BlobError.ts"
import { BlobStore } from "./BlobStore.ts"

/** Removes every blob whose key begins so, in all of its versions. How many there were. */
export const removeUnder = Effect.fnUntraced(function* (
  prefix: string
): Effect.fn.Return<number, BlobError, BlobStore> {
  const blobs = yield* BlobStore
  let removed = 0
  yield* Stream.runForEach(
    blobs.list(prefix),
    Effect.fnUntraced(function* ({ key }) {
      // Each by its version, or it would stay behind a mark of its removal; below it an older one may come to light.
      let last: string | null | undefined
      for (;;) {
        const found = yield* blobs.stat(key)
        if (Option.isNone(found) || found.value.versionId === last) break
        last = found.value.versionId
        yield* blobs.remove(key, { versionId: last })
      }
      removed += 1
    })
  )
  return removed
})
