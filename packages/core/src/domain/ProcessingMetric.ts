import * as z from "zod"
import { column, inputSchema, insertSchema, nullable, publicSchema, rowCodec, rowSchema, timestamp } from "./columns.ts"
import { json } from "./json.ts"
import { text } from "./text.ts"
import { Confidence, Integer, Uuid } from "./values.ts"

const columns = {
  time: timestamp,
  jobId: nullable(column(Uuid)),
  userId: nullable(column(Uuid)),
  documentType: nullable(column(text(50))),
  /** Not an enum in the seed, unlike the column of this name in `processing_jobs`. */
  processingTier: nullable(column(text(20))),
  stage: nullable(column(text(50))),
  durationMs: nullable(column(Integer)),
  confidence: nullable(column(Confidence)),
  success: nullable(column(z.boolean())),
  errorCode: nullable(column(text(50))),
  metadata: nullable(column(json(z.looseObject({}))))
}

/** A row of `processing_metrics`. */
export const ProcessingMetricRow = rowSchema(columns)
export type ProcessingMetricRow = z.output<typeof ProcessingMetricRow>

/** What a caller measured of one stage of one job. */
export const ProcessingMetricInput = inputSchema(columns)
export type ProcessingMetricInput = z.input<typeof ProcessingMetricInput>

/** From {@link ProcessingMetricInput} to the columns of an `INSERT` into `processing_metrics`. */
export const ProcessingMetricInsert = insertSchema(columns, ProcessingMetricInput)
export type ProcessingMetricInsert = z.output<typeof ProcessingMetricInsert>

/** How one stage of one job went. */
export const ProcessingMetric = publicSchema(columns)
export type ProcessingMetric = z.output<typeof ProcessingMetric>

/** Between rows of `processing_metrics` and {@link ProcessingMetric}. */
export const ProcessingMetricCodec = rowCodec(columns, ProcessingMetricRow, ProcessingMetric)
