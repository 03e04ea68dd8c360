import { Effect } from "effect"
import { BlobStore } from "../blob/BlobStore.ts"
import { MaintenanceRecords } from "./MaintenanceRecords.ts"

const pageSize = 100
const concurrency = 8

/**
 * Removes the bytes whose rows are gone, then what remembers them: killed in between, it removes them once more, which
 * does no harm. Bytes that another row means stay. Only those of the store's own bucket.
 */
export const collectTombstones = Effect.fn("collectTombstones")(function* () {
  const blobs = yield* BlobStore
  const records = yield* MaintenanceRecords
  let [collected, kept, after] = [0, 0, 0]
  for (;;) {
    const page = yield* records.tombstones(blobs.bucket, after, pageSize)
    yield* Effect.forEach(
      page,
      Effect.fnUntraced(function* ({ id, isTaken, key, versionId }) {
        if (!isTaken) yield* blobs.remove(key, { versionId })
        yield* records.removeTombstone(id)
        if (isTaken) kept += 1
        else collected += 1
      }),
      { concurrency, discard: true }
    )
    after = page.at(-1)?.id ?? after
    if (page.length < pageSize) return { figures: { collected, kept } }
  }
})
