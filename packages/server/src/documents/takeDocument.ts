/** From the bytes of a file to a job that waits: checked by content, stored, and written down in one transaction. */
import { createHash, randomUUID } from "node:crypto"
import {
  BlobStore,
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
import { DocumentCheck } from "./DocumentCheck.ts"
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
 * The document and its job, which last when this succeeds; those of the first upload where the key was sent with the same
 * document before. Fails with the code of what is wrong with the file, and with `idempotency_mismatch` for another
 * document under the same key; then, and when the job cannot be written down, nothing of the file stays behind but a row
 * in the audit log of what is wrong with it.
 */
export const takeDocument = Effect.fn("takeDocument")(function* (
  { bytes, declaredType, fields, fileName }: Upload,
  { idempotencyKey, userId }: { readonly userId: string; readonly idempotencyKey: string | undefined }
) {
  const { fileType, mimeType } = yield* Effect.tapError(checkedTypes(bytes, declaredType), noteRefusal(null))
  const documentHash = `sha256:${createHash("sha256").update(bytes).digest("hex")}`
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
        documentHash,
        ...(fields.timetableName === undefined ? {} : { timetableName: fields.timetableName })
      }
    }
    return yield* JobStore.use((jobs) => jobs.enqueue({ document, idempotencyKey }))
  })
  const stored = yield* Effect.onError(enqueued, () => Effect.ignore(blobs.remove(key)))
  if (stored.isNew) return stored
  // The request had been heard before, with bytes of its own.
  yield* Effect.ignore(blobs.remove(key))
  if (stored.document.metadata.documentHash !== documentHash)
    return yield* new Problem({ code: "idempotency_mismatch" })
  return stored
})

/** Writes down that a document was refused, and why. */
export const noteRefusal =
  (documentId: string | null) =>
  ({ code }: Problem) =>
    AuditLogs.use((audit) =>
      audit.append({ action: "document.refused", resourceType: "document", resourceId: documentId, changes: { code } })
    )

/** What the file is declared as, and what its bytes show; fails with the code of what is wrong with it. */
export const checkedTypes = Effect.fnUntraced(function* (bytes: Uint8Array, declaredType: string | null) {
  const { maxFileBytes } = yield* ServerSettings
  const limits = { ...defaultLimits, fileBytes: maxFileBytes }
  const { documentType } = yield* Effect.mapError(
    DocumentCheck.use((check) => check.classify(bytes, limits)),
    problemOfDocument
  )
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
