/** Documents: uploaded, listed, read and deleted. */
import { BlobStore, type ProcessingJob, type UploadedDocument } from "@timegrid/core"
import { ProcessingJobs, type Stored, UploadedDocuments } from "@timegrid/core/repository"
import { Effect, Exit, Option, Scope, Stream } from "effect"
import { audited } from "../audit/audited.ts"
import type { Principal } from "../authorization/Principal.ts"
import type { Permission } from "../authorization/permissions.ts"
import { listOwner, visible } from "../authorization/visible.ts"
import { api } from "../contract/index.ts"
import { attachment } from "../http/attachment.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"
import { fieldProblems } from "../http/requestParts.ts"
import { shownJob } from "../jobs/shownJob.ts"
import { ServerSettings } from "../settings/ServerSettings.ts"
import { forgetAnswers, removeBytes } from "./forgetting.ts"
import { readUpload } from "./readUpload.ts"
import { noteRefusal, takeDocument } from "./takeDocument.ts"
import { UploadRoom } from "./UploadRoom.ts"
import { preferredWait, waitedJob } from "./waitedJob.ts"

/** The document if the principal may do that to it. */
export const visibleDocument = (principal: Principal, permission: Permission, id: string) =>
  visible(
    principal,
    permission,
    UploadedDocuments.use((documents) => documents.find(id)),
    (document) => ({ userId: document.userId, documentId: document.id })
  )

const upload = operation(api.documents.upload, ({ headers, principal: { userId }, raw }) =>
  Effect.gen(function* () {
    const { maxFileBytes } = yield* ServerSettings
    const room = yield* UploadRoom
    const declaredBytes = Number(raw.headers.get("content-length") ?? Number.NaN)
    const { document, job } = yield* room.within(
      Number.isNaN(declaredBytes) ? null : declaredBytes,
      Effect.gen(function* () {
        const form = yield* Effect.tapError(readUpload(raw, maxFileBytes), (problem) =>
          problem.code === "file_too_large" ? noteRefusal(null)(problem) : Effect.void
        )
        yield* checkFields(form.fields)
        return yield* takeDocument(form, { userId, idempotencyKey: headers["idempotency-key"] })
      })
    )
    const location = `/api/v1/jobs/${job.id}`
    const seconds = preferredWait(headers.prefer)
    const rested = seconds === null ? Option.none() : yield* waitedJob(job, seconds)
    if (Option.isSome(rested)) {
      const shown = yield* shownJob(rested.value)
      return Response.json(shown, { status: 200, headers: { location, "preference-applied": `wait=${seconds}` } })
    }
    return { body: startedJob(document, job), headers: { location } }
  })
)

const Fields = api.documents.upload.multipart.omit({ file: true })

const checkFields = (fields: Readonly<Record<string, string>>) => {
  const { error } = Fields.safeParse(fields)
  return error === undefined
    ? Effect.void
    : Effect.fail(new Problem({ code: "validation_failed", errors: fieldProblems(error) }))
}

const startedJob = (document: Stored<UploadedDocument>, { id, status }: Stored<ProcessingJob>) => ({
  documentId: document.id,
  jobId: id,
  status
})

const list = operation(api.documents.list, ({ principal, query: { cursor, limit, status } }) =>
  Effect.map(
    UploadedDocuments.use((documents) =>
      documents.list({
        filter: { uploadStatus: status, userId: listOwner(principal, "document:read") },
        limit,
        after: cursor
      })
    ),
    (body) => ({ body })
  )
)

const get = operation(api.documents.get, ({ params: { id }, principal }) =>
  Effect.map(visibleDocument(principal, "document:read", id), (body) => ({ body }))
)

const remove = operation(api.documents.delete, ({ params: { id }, principal }) =>
  Effect.gen(function* () {
    const document = yield* visibleDocument(principal, "document:delete", id)
    yield* forgetAnswers(id)
    yield* audited(
      () => ({ action: "document.deleted", resourceType: "document", resourceId: id }),
      UploadedDocuments.use((documents) => documents.remove(id))
    )
    yield* removeBytes(document)
    return { body: undefined }
  })
)

const content = operation(api.documents.content, ({ params: { id }, principal }) =>
  Effect.gen(function* () {
    const document = yield* visibleDocument(principal, "document:read", id)
    const blobs = yield* BlobStore
    // Lives as long as the answer is being read.
    const scope = yield* Scope.make()
    const opened = yield* blobs.open(document.s3Key, { versionId: document.s3VersionId }).pipe(
      Scope.provide(scope),
      Effect.onError(() => Scope.close(scope, Exit.void))
    )
    if (Option.isNone(opened)) {
      yield* Scope.close(scope, Exit.void)
      return yield* new Problem({ code: "not_found", detail: "The bytes of this document are gone." })
    }
    const bytes = Stream.ensuring(opened.value.content, Scope.close(scope, Exit.void))
    return new Response(Stream.toReadableStream(bytes), {
      headers: {
        "content-type": document.mimeType ?? "application/octet-stream",
        "content-length": String(opened.value.sizeBytes),
        "content-disposition": attachment(document.fileName),
        // Whatever it is, no browser is to run it in this server's name.
        "content-security-policy": "sandbox; default-src 'none'"
      }
    })
  })
)

const status = operation(api.documents.status, ({ params: { id }, principal }) =>
  Effect.gen(function* () {
    const document = yield* visibleDocument(principal, "document:read", id)
    const jobs = yield* ProcessingJobs
    const { items } = yield* jobs.list({ filter: { documentId: id }, limit: 1 })
    const job = items[0] ?? null
    return {
      body: {
        documentId: id,
        uploadStatus: document.uploadStatus,
        jobId: job?.id ?? null,
        status: job?.status ?? null
      }
    }
  })
)

/** Every operation on documents. */
export const documentOperations = [upload, list, get, remove, content, status]
