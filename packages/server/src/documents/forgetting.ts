/** What is kept of a document besides its rows, and goes with them. */
import { BlobStore, Cache, CacheReferences, eraseCached, type UploadedDocument } from "@timegrid/core"
import { Effect } from "effect"
import { Problem } from "../http/Problem.ts"

/** Removes what providers have answered about the document; fails with `unavailable` where that cannot be done. */
export const forgetAnswers = (documentId: string) =>
  Effect.gen(function* () {
    const [cache, references] = [yield* Cache, yield* CacheReferences]
    yield* eraseCached(cache, references, documentId)
  }).pipe(Effect.mapError((cause) => new Problem({ code: "unavailable", retryAfterSeconds: 5, cause })))

/** Removes the bytes of a document whose row is gone; what cannot be removed at once goes by the tombstone of the row. */
export const removeBytes = ({ s3Key, s3VersionId }: Pick<UploadedDocument, "s3Key" | "s3VersionId">) =>
  BlobStore.use((blobs) => Effect.ignore(blobs.remove(s3Key, { versionId: s3VersionId })))
