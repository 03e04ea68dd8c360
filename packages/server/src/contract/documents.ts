import { DocumentFileType, JobStatus, UploadedDocument, UploadStatus } from "@timegrid/core"
import * as z from "zod"
import { endpoint } from "./endpoint.ts"
import { JobStarted } from "./jobs.ts"
import { ById, ListQuery, listOf } from "./shapes.ts"

const tag = "Documents"

/** Where and how a browser sends a file to the object store itself. */
export const DirectUpload = z.object({
  documentId: z.guid(),
  url: z.url(),
  /** Form fields to send before the file, which comes last and is called `file`. */
  fields: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime()
})

/** How far a document is; without a job while its bytes have not arrived. */
const DocumentStatus = z.object({
  documentId: z.guid(),
  uploadStatus: UploadStatus,
  jobId: z.guid().nullable(),
  status: JobStatus.nullable()
})

export const documents = {
  upload: endpoint({
    method: "post",
    path: "/documents/upload",
    tag,
    summary: "Upload a timetable; with Prefer: wait=20 the answer waits so many seconds for the result",
    access: "document:create",
    rate: "upload",
    headers: z.object({
      prefer: z.string().max(100).optional(),
      "idempotency-key": z.string().min(1).max(255).optional()
    }),
    multipart: z.object({ file: z.file(), timetableName: z.string().min(1).max(255).optional() }),
    answer: { status: 202, body: JobStarted }
  }),
  presign: endpoint({
    method: "post",
    path: "/documents/presigned",
    tag,
    summary: "Ask where to send a file to; only with S3",
    access: "document:create",
    rate: "upload",
    body: z.strictObject({
      fileName: z.string().min(1).max(255),
      fileType: DocumentFileType,
      fileSize: z.int().min(1),
      timetableName: z.string().trim().min(1).max(255).optional()
    }),
    answer: { status: 201, body: DirectUpload }
  }),
  complete: endpoint({
    method: "post",
    path: "/documents/{id}/complete",
    tag,
    summary: "Say that the file has been sent, and start the job",
    access: "document:create",
    params: ById,
    answer: { status: 202, body: JobStarted }
  }),
  list: endpoint({
    method: "get",
    path: "/documents",
    tag,
    summary: "List documents, newest first",
    access: "document:read",
    query: ListQuery.extend({ status: UploadStatus.optional() }),
    answer: { status: 200, body: listOf(UploadedDocument) }
  }),
  get: endpoint({
    method: "get",
    path: "/documents/{id}",
    tag,
    summary: "Read what is known of a document",
    access: "document:read",
    params: ById,
    answer: { status: 200, body: UploadedDocument }
  }),
  delete: endpoint({
    method: "delete",
    path: "/documents/{id}",
    tag,
    summary: "Delete a document, its jobs and its bytes; its timetable stays",
    access: "document:delete",
    params: ById,
    answer: { status: 204 }
  }),
  content: endpoint({
    method: "get",
    path: "/documents/{id}/content",
    tag,
    summary: "Read the bytes of a document",
    access: "document:read",
    params: ById,
    answer: { status: 200, mediaType: "application/octet-stream" }
  }),
  status: endpoint({
    method: "get",
    path: "/documents/{id}/status",
    tag,
    summary: "Read how far the newest job of a document is",
    access: "document:read",
    params: ById,
    answer: { status: 200, body: DocumentStatus }
  })
} as const
