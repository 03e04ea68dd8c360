/** Uploads that a browser sends to the object store itself. */
import { randomUUID } from "node:crypto"
import { BlobStore } from "@timegrid/core"
import { JobStore } from "@timegrid/core/queue"
import { UnitOfWork, UploadedDocuments } from "@timegrid/core/repository"
import { Clock, Effect, Option } from "effect"
import { audited } from "../audit/audited.ts"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"
import { ServerSettings } from "../settings/ServerSettings.ts"
import { visibleDocument } from "./documentOperations.ts"
import { safeFileName } from "./readUpload.ts"
import { checkedTypes, documentKey, noteRefusal } from "./takeDocument.ts"
import { UploadRoom } from "./UploadRoom.ts"

/** A form is good for so long. */
const expiresInMs = 15 * 60 * 1_000

const presign = operation(api.documents.presign, ({ body, principal: { userId } }) =>
  Effect.gen(function* () {
    const blobs = yield* BlobStore
    if (!blobs.capabilities.has("presignedPost")) {
      return yield* new Problem({ code: "conflict", detail: "Files are uploaded to this server itself." })
    }
    const { maxFileBytes } = yield* ServerSettings
    const { fileSize, fileType, timetableName } = body
    if (fileSize > maxFileBytes) return yield* new Problem({ code: "file_too_large" })
    const now = yield* Clock.currentTimeMillis
    const id = randomUUID()
    const key = documentKey(id, fileType, new Date(now))
    const fileName = safeFileName(body.fileName)
    yield* audited(
      () => ({ action: "document.announced", resourceType: "document", resourceId: id }),
      UploadedDocuments.use((documents) =>
        documents.insert({
          id,
          userId,
          fileName,
          fileType,
          fileSize,
          s3Bucket: blobs.bucket,
          s3Key: key,
          metadata: { originalName: fileName, ...(timetableName !== undefined && { timetableName }) }
        })
      )
    )
    const form = yield* blobs.presignPost(key, {
      minBytes: 1,
      maxBytes: fileSize,
      contentType: fileType,
      expiresIn: expiresInMs
    })
    return {
      body: {
        documentId: id,
        ...form,
        fields: { ...form.fields },
        expiresAt: new Date(now + expiresInMs).toISOString()
      }
    }
  })
)

const complete = operation(api.documents.complete, ({ params: { id }, principal }) =>
  Effect.gen(function* () {
    const document = yield* visibleDocument(principal, "document:create", id)
    if (document.uploadStatus !== "pending") {
      return yield* new Problem({ code: "conflict", detail: `This upload is ${document.uploadStatus}.` })
    }
    const [blobs, documents, jobs, room, unit] = [
      yield* BlobStore,
      yield* UploadedDocuments,
      yield* JobStore,
      yield* UploadRoom,
      yield* UnitOfWork
    ]
    const { maxFileBytes } = yield* ServerSettings
    const stored = yield* blobs.stat(document.s3Key)
    if (Option.isNone(stored)) return yield* new Problem({ code: "conflict", detail: "The file has not arrived yet." })
    const { sizeBytes, versionId } = stored.value
    const refuse = (problem: Problem) =>
      Effect.andThen(
        unit.transaction(Effect.andThen(documents.remove(id), noteRefusal(id)(problem))),
        // What cannot be removed at once goes by the tombstone that the row has left.
        Effect.ignore(blobs.remove(document.s3Key))
      )
    if (sizeBytes > maxFileBytes) {
      return yield* Effect.tapError(Effect.fail(new Problem({ code: "file_too_large" })), refuse)
    }
    // That version is read from now on, whatever is sent with the same form.
    const bytes = yield* room.within(sizeBytes, blobs.find(document.s3Key, { versionId }))
    if (Option.isNone(bytes)) return yield* new Problem({ code: "conflict", detail: "The file has not arrived yet." })
    const { mimeType } = yield* Effect.tapError(checkedTypes(bytes.value, document.fileType), refuse)
    const { job } = yield* unit.transaction(
      Effect.gen(function* () {
        const changes = { uploadStatus: "completed", mimeType, fileSize: sizeBytes, s3VersionId: versionId } as const
        yield* documents.update(id, changes, { ifVersion: document.version })
        return yield* jobs.enqueue({ document: id })
      })
    )
    return {
      body: { documentId: id, jobId: job.id, status: job.status },
      headers: { location: `/api/v1/jobs/${job.id}` }
    }
  })
)

/** Every step of an upload that goes past this server. */
export const presignedOperations = [presign, complete]
