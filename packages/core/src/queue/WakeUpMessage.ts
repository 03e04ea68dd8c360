import * as z from "zod"
import { queueNames } from "../domain/redis/queues.ts"
import { Timestamp, Uuid } from "../domain/values.ts"

/** Says that a job waits in a queue. It decides nothing: whoever hears it claims the job, or finds that it is gone. */
export const WakeUpMessage = z.object({
  jobId: Uuid,
  queue: z.enum(queueNames),
  /** The greater goes first. */
  priority: z.int(),
  /** The job is not to be had before. */
  availableAt: Timestamp
})
export type WakeUpMessage = z.output<typeof WakeUpMessage>
