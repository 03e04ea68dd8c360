import { Context, type Duration, type Effect, type Option } from "effect"
import * as z from "zod"
import {
  type UploadedDocument,
  type UploadedDocumentChanges,
  UploadedDocumentCodec,
  type UploadedDocumentInput,
  UploadedDocumentInsert,
  UploadedDocumentUpdate,
  UploadStatus
} from "../domain/UploadedDocument.ts"
import { Uuid } from "../domain/values.ts"
import { entityTable } from "./EntityTable.ts"
import { FilterMoment } from "./filterText.ts"
import type { Repository, Stored } from "./Repository.ts"
import type { RepositoryError } from "./RepositoryError.ts"

/** Which documents a list is of. */
export const UploadedDocumentFilter = z.strictObject({
  userId: Uuid.optional(),
  timetableId: Uuid.optional(),
  uploadStatus: UploadStatus.optional(),
  createdBefore: FilterMoment.optional()
})
export type UploadedDocumentFilter = z.output<typeof UploadedDocumentFilter>

/** The table of {@link UploadedDocuments}. */
export const uploadedDocumentTable = entityTable({
  name: "documents",
  codec: UploadedDocumentCodec,
  insert: UploadedDocumentInsert,
  update: UploadedDocumentUpdate,
  filter: UploadedDocumentFilter
})

/**
 * Keeps what is known of documents; their bytes lie in the blob store, and whoever removes a row leaves a tombstone for
 * them. Adapters are checked by `uploadedDocumentsContract`.
 */
export class UploadedDocuments extends Context.Service<
  UploadedDocuments,
  Repository<UploadedDocument, UploadedDocumentInput, UploadedDocumentChanges, UploadedDocumentFilter> & {
    /** The document whose bytes lie there, of which there is at most one. */
    readonly findByLocation: (
      s3Bucket: string,
      s3Key: string
    ) => Effect.Effect<Option.Option<Stored<UploadedDocument>>, RepositoryError>
    /** Gives up the uploads that have been pending for longer than `age`; the result is how many. */
    readonly failPending: (age: Duration.Input) => Effect.Effect<number, RepositoryError>
  }
>()("@timegrid/core/repository/UploadedDocuments") {}
