/**
 * What workers keep of a job's run so that another can go on with it: rows in the journal under the job's id, artifacts
 * under `runs/<document>/<job>/` in the blob store. It goes when the job is completed, or with the job.
 */
import { Context, Effect } from "effect"
import type { BlobError } from "../blob/BlobError.ts"
import { BlobStore } from "../blob/BlobStore.ts"
import { blobsUnder } from "../blob/blobsUnder.ts"
import { removeUnder } from "../blob/removeUnder.ts"
import { artifactKey } from "../pipeline/Artifact.ts"
import { Journal, type JournalError } from "../pipeline/Journal.ts"
import { hashBytes } from "../pipeline/sha256.ts"

/** Whose run it is. */
export interface RunOwner {
  readonly jobId: string
  readonly documentId: string
}

/** Where the artifacts of runs lie. */
export const runsFolder = "runs/"

const documentFolder = (documentId: string) => `${runsFolder}${documentId}`
const jobFolder = ({ documentId, jobId }: RunOwner) => `${documentFolder(documentId)}/${jobId}`

/** The job to whose run the blob belongs; null for another blob. */
export const jobOfArtifact = (key: string): string | null =>
  key.startsWith(runsFolder) ? (key.split("/")[2] ?? null) : null

/** The stores for the run of a job, whose document lies elsewhere already and is not stored again. */
export const jobRunStores = Effect.fnUntraced(function* (
  owner: RunOwner,
  document: Uint8Array
): Effect.fn.Return<Context.Context<Journal | BlobStore>, never, Journal | BlobStore> {
  const documentKey = artifactKey(yield* hashBytes(document))
  const folder = blobsUnder(jobFolder(owner), yield* BlobStore)
  const blobs: BlobStore["Service"] = {
    ...folder,
    put: (key, bytes, options) =>
      key === documentKey
        ? Effect.succeed({ sizeBytes: bytes.byteLength, versionId: null })
        : folder.put(key, bytes, options),
    find: (key, options) => (key === documentKey ? Effect.succeedSome(document) : folder.find(key, options))
  }
  return Context.make(Journal, yield* Journal).pipe(Context.add(BlobStore, blobs))
})

/** Removes what is kept of a job's run; the next run reads the document anew. */
export const forgetJobRun = (owner: RunOwner): Effect.Effect<void, JournalError | BlobError, Journal | BlobStore> =>
  Effect.andThen(
    Journal.use((journal) => journal.remove(owner.jobId)),
    Effect.asVoid(removeUnder(`${jobFolder(owner)}/`))
  )

/** Removes the artifacts of every run that has read the document; the rows go with the jobs. */
export const forgetDocumentRuns = (documentId: string): Effect.Effect<void, BlobError, BlobStore> =>
  Effect.asVoid(removeUnder(`${documentFolder(documentId)}/`))
