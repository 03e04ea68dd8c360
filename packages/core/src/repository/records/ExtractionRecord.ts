import type * as z from "zod"
import {
  changesSchema,
  column,
  generated,
  inputSchema,
  insertSchema,
  nullable,
  primaryKey,
  publicSchema,
  rowCodec,
  rowSchema,
  timestamp,
  updateSchema
} from "../../domain/columns.ts"
import { json } from "../../domain/json.ts"
import { Count, Uuid } from "../../domain/values.ts"
import { Extraction } from "../../extraction/Extraction.ts"

const columns = {
  id: primaryKey,
  documentId: column(Uuid),
  /** The job that has read it; a job has one extraction. */
  jobId: nullable(column(Uuid)),
  /** That of the result. */
  schemaVersion: column(Count),
  result: column(json(Extraction)),
  createdAt: generated(timestamp)
}

/** A row of `extractions`. */
export const ExtractionRecordRow = rowSchema(columns)
export type ExtractionRecordRow = z.output<typeof ExtractionRecordRow>

/** What a caller gives to keep a result. */
export const ExtractionRecordInput = inputSchema(columns)
export type ExtractionRecordInput = z.input<typeof ExtractionRecordInput>

/** From {@link ExtractionRecordInput} to the columns of an `INSERT` into `extractions`. */
export const ExtractionRecordInsert = insertSchema(columns, ExtractionRecordInput)
export type ExtractionRecordInsert = z.output<typeof ExtractionRecordInsert>

/** What a caller may change in a kept result. */
export const ExtractionRecordChanges = changesSchema(columns)
export type ExtractionRecordChanges = z.input<typeof ExtractionRecordChanges>

/** From {@link ExtractionRecordChanges} to the columns of an `UPDATE` of `extractions`. */
export const ExtractionRecordUpdate = updateSchema(columns, ExtractionRecordChanges)
export type ExtractionRecordUpdate = z.output<typeof ExtractionRecordUpdate>

/** The whole result of reading a document, as it is kept. */
export const ExtractionRecord = publicSchema(columns)
export type ExtractionRecord = z.output<typeof ExtractionRecord>

/** Between rows of `extractions` and {@link ExtractionRecord}. */
export const ExtractionRecordCodec = rowCodec(columns, ExtractionRecordRow, ExtractionRecord)
