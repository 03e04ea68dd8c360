import { Effect, Stream } from "effect"
import { BlobStore, type StoredBlob } from "../blob/BlobStore.ts"
import { removeUnder } from "../blob/removeUnder.ts"
import { jobOfArtifact, runsFolder } from "../queue/jobRuns.ts"
import { MaintenanceRecords } from "./MaintenanceRecords.ts"

const pageSize = 100

/**
 * Removes what is left of the runs of jobs that are completed or gone: rows in the journal, artifacts in the blob store.
 * Who has ended a run does so at once; this finds what a dead worker or a store out of reach has left.
 */
export const collectRuns = Effect.fn("collectRuns")(function* ({ remove }: { readonly remove: boolean }) {
  const blobs = yield* BlobStore
  const records = yield* MaintenanceRecords
  const rows = remove ? yield* records.removeRunsOfCompletedJobs : 0
  let artifacts = 0
  const inspect = Effect.fnUntraced(function* (page: ReadonlyArray<StoredBlob>) {
    const jobOf = new Map(page.map(({ key }) => [key, jobOfArtifact(key) ?? ""]))
    const unfinished = new Set(yield* records.unfinishedJobs([...new Set(jobOf.values())]))
    for (const [key, jobId] of jobOf) {
      if (unfinished.has(jobId)) continue
      artifacts += 1
      if (remove) yield* removeUnder(key)
    }
  })
  yield* Stream.runForEach(Stream.grouped(blobs.list(runsFolder), pageSize), inspect)
  return { figures: { rows, artifacts } }
})
