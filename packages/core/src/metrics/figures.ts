import * as z from "zod"
import { Count, Timestamp } from "../domain/values.ts"

/** Of a tier in an hour; only rows of whole jobs count, those without a stage. */
export const HourlyFigures = z.object({
  /** Where the hour begins. */
  bucket: Timestamp,
  /** Null for jobs that name none. */
  processingTier: z.string().nullable(),
  totalJobs: Count,
  avgDurationMs: z.number().nullable(),
  /** Between two jobs where it falls between them, as `PERCENTILE_CONT` has it. */
  p95DurationMs: z.number().nullable(),
  avgConfidence: z.number().nullable(),
  /** From 0 to 1. */
  successRate: z.number()
})
export type HourlyFigures = z.output<typeof HourlyFigures>

/** Of the requests to an endpoint by a method. */
export const RequestFigures = z.object({
  endpoint: z.string().nullable(),
  method: z.string().nullable(),
  totalRequests: Count,
  /** With a status of 500 or more. */
  failedRequests: Count,
  avgDurationMs: z.number().nullable(),
  p50DurationMs: z.number().nullable(),
  p95DurationMs: z.number().nullable(),
  p99DurationMs: z.number().nullable()
})
export type RequestFigures = z.output<typeof RequestFigures>
