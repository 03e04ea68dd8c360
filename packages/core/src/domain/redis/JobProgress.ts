import * as z from "zod"
import { JobStatus } from "../jobStatus.ts"
import { text } from "../text.ts"
import { Confidence } from "../values.ts"
import { daySeconds, redisEntry } from "./RedisEntry.ts"

/** How far a job has come; what is not known yet is left out. Open for more texts. */
export const JobProgress = z.looseObject({
  status: JobStatus,
  stage: text(50).optional(),
  /** Per cent of the work done. */
  progress: z.number().min(0).max(100),
  confidence: Confidence.optional()
})
export type JobProgress = z.output<typeof JobProgress>

/** A number in a Redis hash. */
const Decimal = z.string().regex(/^\d+(\.\d+)?(e-\d+)?$/, "Invalid number")

/** The hash as Redis holds it: every field is a text. */
export const JobProgressHash = z.looseObject({
  status: JobStatus,
  stage: text(50).optional(),
  progress: Decimal,
  confidence: Decimal.optional()
})
export type JobProgressHash = z.output<typeof JobProgressHash>

/** Between the hash's texts and {@link JobProgress}. */
export const JobProgressCodec = z.codec(JobProgressHash, JobProgress, {
  decode: ({ progress, confidence, ...fields }) => ({
    ...fields,
    progress: Number(progress),
    ...(confidence !== undefined && { confidence: Number(confidence) })
  }),
  encode: ({ progress, confidence, ...fields }) => ({
    ...fields,
    progress: String(progress),
    ...(confidence !== undefined && { confidence: String(confidence) })
  })
})

/** `job:progress:{jobId}`, a hash for 7 days. */
export const jobProgressEntry = redisEntry({
  pattern: "job:progress:{jobId}",
  type: "hash",
  lifetimeSeconds: 7 * daySeconds
})
