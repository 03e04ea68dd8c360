import * as z from "zod"
import { column, inputSchema, insertSchema, nullable, publicSchema, rowCodec, rowSchema, timestamp } from "./columns.ts"
import { json } from "./json.ts"
import { text } from "./text.ts"
import { Integer, IpAddress, Uuid } from "./values.ts"

const columns = {
  time: timestamp,
  endpoint: nullable(column(text(255))),
  method: nullable(column(text(10))),
  statusCode: nullable(column(Integer)),
  durationMs: nullable(column(Integer)),
  userId: nullable(column(Uuid)),
  ipAddress: nullable(column(IpAddress)),
  userAgent: nullable(column(text())),
  metadata: nullable(column(json(z.looseObject({}))))
}

/** A row of `api_metrics`. */
export const ApiMetricRow = rowSchema(columns)
export type ApiMetricRow = z.output<typeof ApiMetricRow>

/** What a caller measured of one request. */
export const ApiMetricInput = inputSchema(columns)
export type ApiMetricInput = z.input<typeof ApiMetricInput>

/** From {@link ApiMetricInput} to the columns of an `INSERT` into `api_metrics`. */
export const ApiMetricInsert = insertSchema(columns, ApiMetricInput)
export type ApiMetricInsert = z.output<typeof ApiMetricInsert>

/** How one request went. */
export const ApiMetric = publicSchema(columns)
export type ApiMetric = z.output<typeof ApiMetric>

/** Between rows of `api_metrics` and {@link ApiMetric}. */
export const ApiMetricCodec = rowCodec(columns, ApiMetricRow, ApiMetric)
