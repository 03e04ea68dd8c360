import { Clock, Duration, Effect, Option, Stream } from "effect"
import { BlobStore, type StoredBlob } from "../blob/BlobStore.ts"
import { MaintenanceRecords } from "./MaintenanceRecords.ts"

/** How orphans are looked for. */
export interface OrphanOptions {
  /** Blobs younger than this may be about to get their row. */
  readonly minAge: Duration.Input
  /** Removes blobs that no row names. Rows whose blob is missing are never removed. */
  readonly remove: boolean
}

/** Where documents and archived jobs lie. Nothing else in the bucket is looked at. */
const prefixes = ["uploads/", "archive/jobs/"]
const pageSize = 100
const concurrency = 8
/** More are counted, not named. */
const mostNamed = 20

/** Finds blobs that no row names, and rows whose blob is missing. */
export const findOrphans = Effect.fn("findOrphans")(function* ({ minAge, remove }: OrphanOptions) {
  const blobs = yield* BlobStore
  const records = yield* MaintenanceRecords
  const limit = (yield* Clock.currentTimeMillis) - Duration.toMillis(Duration.fromInputUnsafe(minAge))
  const findings: Array<string> = []
  const name = (finding: string) => {
    if (findings.length < mostNamed) findings.push(finding)
  }
  let [unknownBlobs, removedBlobs, missingBlobs] = [0, 0, 0]

  const inspect = Effect.fnUntraced(function* (page: ReadonlyArray<StoredBlob>) {
    const old = page.filter(({ modifiedAt }) => modifiedAt.getTime() <= limit)
    const unknown =
      old.length === 0
        ? []
        : yield* records.unknownKeys(
            blobs.bucket,
            old.map(({ key }) => key)
          )
    for (const key of unknown) {
      unknownBlobs += 1
      name(`No row names ${key}.`)
      if (!remove) continue
      // By its version, so that nothing of it stays, nor anything goes that was put meanwhile.
      const found = yield* blobs.stat(key)
      if (Option.isNone(found) || found.value.modifiedAt.getTime() > limit) continue
      yield* blobs.remove(key, { versionId: found.value.versionId })
      removedBlobs += 1
    }
  })
  for (const prefix of prefixes) {
    yield* Stream.runForEach(Stream.grouped(blobs.list(prefix), pageSize), inspect)
  }

  let after: string | null = null
  for (;;) {
    const page: ReadonlyArray<{ readonly id: string; readonly key: string; readonly versionId: string | null }> =
      yield* records.references(blobs.bucket, after, pageSize)
    yield* Effect.forEach(
      page,
      Effect.fnUntraced(function* ({ id, key, versionId }) {
        if (Option.isSome(yield* blobs.stat(key, { versionId }))) return
        missingBlobs += 1
        name(`The bytes of ${id} are missing: ${key}.`)
      }),
      { concurrency, discard: true }
    )
    after = page.at(-1)?.id ?? after
    if (page.length < pageSize) return { figures: { unknownBlobs, removedBlobs, missingBlobs }, findings }
  }
})
