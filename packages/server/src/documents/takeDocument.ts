/** From the bytes of a file to a job that waits: checked by content, stored, and written down in one transaction. */
import { randomUUID } from "node:crypto"
import {
  BlobStore,
  classifyDocument,
  type DocumentError,
  DocumentFileType,
  defaultLimits,
  type UploadedDocumentInput
} from "@timegrid/core"
import { AuditLogs } from "@timegrid/core/audit"
import { JobStore } from "@timegrid/core/queue"
import { Clock, Effect } from "effect"
import { Problem } from "../http/Problem.ts"
import { ServerSettings } from "../settings/ServerSettings.ts"
import type { Upload } from "./readUpload.ts"

/** The ending of a file by its type. */
const endings: Readonly<Record<DocumentFileType, string>> = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/jpg": "jpg",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx"
}

/** Where the bytes of a document lie: `uploads/YYYY/MM/DD/<id>.<ending>` by the day in UTC. */
export const documentKey = (id: string, type: DocumentFileType, at: Date): string =>
  ["uploads", ...at.toISOString().slice(0, 10).split("-"), `${id}.${endings[type]}`].join("/")

/**
 * The document and its job, which last when this succeeds. Fails with the code of what is wrong with the file; then, and
 * when the job cannot be written down, nothing of the file stays behind but a row in the audit log.
 */
export const takeDocument = Effect.fn("takeDocument")(function* (
  { bytes, declaredType, fields, fileName }: Upload,
  { idempotencyKey, userId }: { readonly userId: string; readonly idempotencyKey: string | undefined }
) {
  const { fileType, mimeType } = yield* Effect.tapError(checkedTypes(bytes, declaredType), ({ code }) =>
    AuditLogs.use((audit) =>
      audit.append({ action: "document.refused", resourceType: "document", resourceId: null, changes: { code } })
    )
  )
  const id = randomUUID()
  const key = documentKey(id, fileType, new Date(yield* Clock.currentTimeMillis))
  const blobs = yield* BlobStore
  const enqueued = Effect.gen(function* () {
    const { versionId } = yield* blobs.put(key, bytes, { contentType: mimeType })
    const document: UploadedDocumentInput = {
      id,
      userId,
      fileName,
      fileType,
      mimeType,
      fileSize: bytes.byteLength,
      s3Bucket: blobs.bucket,
      s3Key: key,
      s3VersionId: versionId,
      uploadStatus: "completed",
      metadata: {
        originalName: fileName,
        ...(fields.timetableName === undefined ? {} : { timetableName: fields.timetableName })
      }
    }
    return yield* JobStore.use((jobs) => jobs.enqueue({ document, idempotencyKey }))
  })
  const stored = yield* Effect.onError(enqueued, () => Effect.ignore(blobs.remove(key)))
  // The request had been heard before, with bytes of its own.
  if (!stored.isNew) yield* Effect.ignore(blobs.remove(key))
  return stored
})

/** What the file is declared as, and what its bytes show; fails with the code of what is wrong with it. */
export const checkedTypes = Effect.fnUntraced(function* (bytes: Uint8Array, declaredType: string | null) {
  const { maxFileBytes } = yield* ServerSettings
  const limits = { ...defaultLimits, fileBytes: maxFileBytes }
  const { documentType } = yield* Effect.mapError(classifyDocument(bytes, limits), problemOfDocument)
  const mimeType = yield* fileTypeOf(documentType)
  const fileType = declaredType === null ? mimeType : yield* fileTypeOf(declaredType)
  if (endings[fileType] !== endings[mimeType]) {
    return yield* new Problem({ code: "type_mismatch", detail: `It is declared as ${fileType} and is ${mimeType}.` })
  }
  return { fileType, mimeType }
})

const fileTypeOf = (type: string): Effect.Effect<DocumentFileType, Problem> => {
  const known = DocumentFileType.safeParse(type)
  return known.success
    ? Effect.succeed(known.data)
    : Effect.fail(
        new Problem({ code: "unsupported_type", detail: `Files of the type ${type.slice(0, 100)} are not read.` })
      )
}

const problemOfDocument = ({ code, message }: DocumentError) => new Problem({ code, detail: message })
