/** What happens to jobs, as everyone hears of it: in the SDK, over SSE and WebSocket, in webhooks. */
import * as z from "zod"
import { JobStatus } from "../domain/jobStatus.ts"
import { ReviewPriority } from "../domain/ReviewTask.ts"
import { Tier } from "../domain/Tier.ts"
import { Confidence, Timestamp, Uuid } from "../domain/values.ts"

const event = <Type extends string, Fields extends z.ZodRawShape>(type: Type, fields: Fields) =>
  z.object({
    type: z.literal(type),
    /** Grows with every event of a job, with gaps. */
    seq: z.int(),
    jobId: Uuid,
    documentId: Uuid,
    /** Whose job it is. */
    userId: Uuid,
    at: Timestamp,
    ...fields
  })

const state = {
  status: JobStatus,
  stage: z.string().nullable(),
  processingTier: Tier.nullable(),
  confidence: Confidence.nullable()
}

/** One event of a job; each says in what state the job is from then on. */
export const JobEvent = z.discriminatedUnion("type", [
  event("job:status", state),
  event("job:completed", { ...state, timetableId: Uuid.nullable() }),
  event("job:failed", { ...state, errorCode: z.string().nullable(), errorMessage: z.string().nullable() }),
  /** A person is asked to look. */
  event("hitl:required", { ...state, reviewTaskId: Uuid, priority: ReviewPriority })
])
export type JobEvent = z.output<typeof JobEvent>
