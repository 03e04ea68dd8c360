/**
 * The entity of the table `documents`. It is called after its upload because `Document` and `OpenDocument` already mean
 * what a reader opens.
 */
import * as z from "zod"
import {
  changesSchema,
  column,
  fixtureSchema,
  inputSchema,
  insertSchema,
  nullable,
  nullableWithDefault,
  primaryKey,
  publicSchema,
  rowCodec,
  rowSchema,
  timestamps,
  updateSchema,
  withDefault
} from "./columns.ts"
import { json } from "./json.ts"
import { text } from "./text.ts"
import { Count, Uuid } from "./values.ts"

/** The types that an upload may declare. */
export const DocumentFileType = z.enum([
  "image/png",
  "image/jpeg",
  "image/jpg",
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
])
export type DocumentFileType = z.output<typeof DocumentFileType>

/** Whether the bytes have arrived in the blob store. */
export const UploadStatus = z.enum(["pending", "completed", "failed"])
export type UploadStatus = z.output<typeof UploadStatus>

/** What is known of a document besides its columns; open for more. */
export const UploadedDocumentMetadata = z.looseObject({
  /** The name of the file on the machine of the one who uploaded it. */
  originalName: z.string().optional(),
  pageCount: Count.optional(),
  /** Pixels of the first page's image. */
  dimensions: z.looseObject({ width: Count, height: Count }).optional()
})
export type UploadedDocumentMetadata = z.output<typeof UploadedDocumentMetadata>

const columns = {
  id: primaryKey,
  timetableId: nullable(column(Uuid)),
  userId: column(Uuid),
  fileName: column(text(255)),
  /** As declared; `mimeType` is what the bytes show. */
  fileType: column(DocumentFileType),
  /** Bytes. */
  fileSize: column(z.int().min(0)),
  /** `"local"` for a store of files. */
  s3Bucket: column(text(255)),
  s3Key: column(text(512)),
  s3VersionId: nullable(column(text(255))),
  uploadStatus: withDefault(column(UploadStatus), "pending"),
  mimeType: nullable(column(text(100))),
  metadata: nullableWithDefault(column(json(UploadedDocumentMetadata)), {}),
  ...timestamps
}

/** A row of `documents`. */
export const UploadedDocumentRow = rowSchema(columns)
export type UploadedDocumentRow = z.output<typeof UploadedDocumentRow>

/** A row of `documents` as fixtures write it. */
export const UploadedDocumentFixture = fixtureSchema(columns)
export type UploadedDocumentFixture = z.output<typeof UploadedDocumentFixture>

/** What a caller gives for a new document. */
export const UploadedDocumentInput = inputSchema(columns)
export type UploadedDocumentInput = z.input<typeof UploadedDocumentInput>

/** From {@link UploadedDocumentInput} to the columns of an `INSERT` into `documents`. */
export const UploadedDocumentInsert = insertSchema(columns, UploadedDocumentInput)
export type UploadedDocumentInsert = z.output<typeof UploadedDocumentInsert>

/** What a caller may change in a document. */
export const UploadedDocumentChanges = changesSchema(columns)
export type UploadedDocumentChanges = z.input<typeof UploadedDocumentChanges>

/** From {@link UploadedDocumentChanges} to the columns of an `UPDATE` of `documents`. */
export const UploadedDocumentUpdate = updateSchema(columns, UploadedDocumentChanges)
export type UploadedDocumentUpdate = z.output<typeof UploadedDocumentUpdate>

/** A document that was uploaded, as callers see it. */
export const UploadedDocument = publicSchema(columns)
export type UploadedDocument = z.output<typeof UploadedDocument>

/** Between rows of `documents` and {@link UploadedDocument}. */
export const UploadedDocumentCodec = rowCodec(columns, UploadedDocumentRow, UploadedDocument)

/** Where a document's bytes lie: `uploads/YYYY/MM/DD/<id>.<extension>`, the day in UTC. */
export const documentObjectKey = (id: string, uploadedAt: Date, extension: string): string =>
  `uploads/${uploadedAt.toISOString().slice(0, 10).replaceAll("-", "/")}/${id}.${extension}`
