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
  timestamp,
  timestamps,
  updateSchema,
  withDefault
} from "./columns.ts"
import { JobStatus } from "./jobStatus.ts"
import { json } from "./json.ts"
import { Tier } from "./Tier.ts"
import { text } from "./text.ts"
import { Confidence, Count, Uuid } from "./values.ts"

const Milliseconds = z.number().min(0)

/** Milliseconds that each stage took, and the whole job; stages of one's own take their own names. */
export const ProcessingTime = z
  .object({
    classification: Milliseconds.optional(),
    preprocessing: Milliseconds.optional(),
    ocr: Milliseconds.optional(),
    interpretation: Milliseconds.optional(),
    validation: Milliseconds.optional(),
    llm: Milliseconds.optional(),
    total: Milliseconds.optional()
  })
  .catchall(Milliseconds)
export type ProcessingTime = z.output<typeof ProcessingTime>

/** What is known of a job besides its columns; open for more. */
export const ProcessingJobMetadata = z.looseObject({
  /** The kind of document that its content shows, such as `"pdf"`. */
  classification: z.string().optional(),
  pageCount: Count.optional(),
  /** `engine-version`, such as `"tesseract-5.3.0"`. */
  ocrEngine: z.string().optional(),
  processingTime: ProcessingTime.optional()
})
export type ProcessingJobMetadata = z.output<typeof ProcessingJobMetadata>

const columns = {
  id: primaryKey,
  documentId: column(Uuid),
  timetableId: nullable(column(Uuid)),
  userId: column(Uuid),
  status: withDefault(column(JobStatus), "pending"),
  /** The name of a stage; pipelines of one's own have names of their own. */
  stage: nullable(column(text(50))),
  confidence: nullable(column(Confidence)),
  processingTier: nullable(column(Tier)),
  errorMessage: nullable(column(text())),
  errorCode: nullable(column(text(50))),
  retryCount: nullableWithDefault(column(Count), 0),
  metadata: nullableWithDefault(column(json(ProcessingJobMetadata)), {}),
  startedAt: nullable(timestamp),
  completedAt: nullable(timestamp),
  ...timestamps
}

/** A row of `processing_jobs`. */
export const ProcessingJobRow = rowSchema(columns)
export type ProcessingJobRow = z.output<typeof ProcessingJobRow>

/** A row of `processing_jobs` as fixtures write it. */
export const ProcessingJobFixture = fixtureSchema(columns)
export type ProcessingJobFixture = z.output<typeof ProcessingJobFixture>

/** What a caller gives for a new job. */
export const ProcessingJobInput = inputSchema(columns)
export type ProcessingJobInput = z.input<typeof ProcessingJobInput>

/** From {@link ProcessingJobInput} to the columns of an `INSERT` into `processing_jobs`. */
export const ProcessingJobInsert = insertSchema(columns, ProcessingJobInput)
export type ProcessingJobInsert = z.output<typeof ProcessingJobInsert>

/** What a caller may change in a job. */
export const ProcessingJobChanges = changesSchema(columns)
export type ProcessingJobChanges = z.input<typeof ProcessingJobChanges>

/** From {@link ProcessingJobChanges} to the columns of an `UPDATE` of `processing_jobs`. */
export const ProcessingJobUpdate = updateSchema(columns, ProcessingJobChanges)
export type ProcessingJobUpdate = z.output<typeof ProcessingJobUpdate>

/** A job as callers see it. */
export const ProcessingJob = publicSchema(columns)
export type ProcessingJob = z.output<typeof ProcessingJob>

/** Between rows of `processing_jobs` and {@link ProcessingJob}. */
export const ProcessingJobCodec = rowCodec(columns, ProcessingJobRow, ProcessingJob)
