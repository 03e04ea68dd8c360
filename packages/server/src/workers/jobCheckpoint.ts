/** What a worker leaves with a job for the next one. */
import * as z from "zod"

const JobCheckpoint = z.object({
  /** How often the job was tried and failed for a passing reason. */
  attempts: z.int().min(0).default(0),
  /** The stage from which on the document is to be read again, by its path or by what a row calls it. */
  from: z.string().nullable().default(null)
})
export type JobCheckpoint = z.output<typeof JobCheckpoint>

const none: JobCheckpoint = { attempts: 0, from: null }

/** What was left; nothing where a job has no checkpoint, or another's. */
export const jobCheckpoint = (stored: unknown): JobCheckpoint => JobCheckpoint.safeParse(stored).data ?? none
