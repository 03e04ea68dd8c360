/** What is kept of a document besides its rows, and goes with them. */
import { BlobStore, Cache, CacheReferences, eraseCached, type UploadedDocument } from "@timegrid/core"
import { forgetDocumentRuns } from "@timegrid/core/queue"
import type { Stored } from "@timegrid/core/repository"
import { Effect } from "effect"
import { Problem } from "../http/Problem.ts"

/** Removes what providers have answered about the document; fails with `unavailable` where that cannot be done. */
export const forgetAnswers = (documentId: string) =>
  Effect.gen(function* () {
    const [cache, references] = [yield* Cache, yield* CacheReferences]
    yield* eraseCached(cache, references, documentId)
  }).pipe(Effect.mapError((cause) => new Problem({ code: "unavailable", retryAfterSeconds: 5, cause })))

/**
 * Removes the bytes of a document whose row is gone, and what its readings have kept; what cannot be removed at once is
 * collected by maintenance.
 */
export const removeBytes = ({ id, s3Key, s3VersionId }: Stored<UploadedDocument>) =>
  Effect.andThen(
    BlobStore.use((blobs) => Effect.ignore(blobs.remove(s3Key, { versionId: s3VersionId }))),
    Effect.ignore(forgetDocumentRuns(id))
  )
