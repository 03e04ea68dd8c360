import { Effect } from "effect"
import * as z from "zod"
import { type JobProgress, JobProgressCodec } from "../domain/redis/JobProgress.ts"
import { RealtimeError, RealtimeInvalid } from "./RealtimeError.ts"

const Texts = z.record(z.string(), z.string())

/** The fields of a Redis hash, each a text. */
export type TextHash = z.output<typeof Texts>

/** What a store keeps of a job's progress. Fails with `RealtimeInvalid`. */
export const encodeProgress = (jobId: string, progress: JobProgress): Effect.Effect<TextHash, RealtimeError> =>
  checked(jobId, () => Texts.parse(z.encode(JobProgressCodec, progress)))

/** The progress that a store has kept. Fails with `RealtimeInvalid`. */
export const decodeProgress = (jobId: string, kept: unknown): Effect.Effect<JobProgress, RealtimeError> =>
  checked(jobId, () => JobProgressCodec.parse(kept))

const checked = <A>(jobId: string, check: () => A) =>
  Effect.try({
    try: check,
    catch: (cause) => new RealtimeError({ subject: progressSubject(jobId), reason: new RealtimeInvalid({ cause }) })
  })

/** How errors name the progress of a job. */
export const progressSubject = (jobId: string): string => `progress of job ${jobId}`
