import * as z from "zod"
import { Amount, Cost } from "./Amount.ts"
import { errorClasses } from "./errorClass.ts"
import { RunNotes } from "./RunReport.ts"

const event = <Type extends string, Fields extends z.ZodRawShape>(type: Type, fields: Fields) =>
  z.object({
    type: z.literal(type),
    /** Grows with every event of a run, also over restarts; after a restart it jumps. */
    seq: z.int(),
    runId: z.string(),
    /** ISO 8601 in UTC with milliseconds. */
    at: z.iso.datetime(),
    ...fields
  })

/** Path of the stage: its name, or `outer/inner`. */
const stage = z.string()
const attempt = z.int().min(1)
const failure = { code: z.string(), errorClass: z.enum(errorClasses), message: z.string() }

/** What happens in a run, as plain JSON. Kinds may be added; pass over those that you do not know. */
export const PipelineEvent = z.discriminatedUnion("type", [
  event("run:started", { pipeline: z.string() }),
  event("run:resumed", { pipeline: z.string() }),
  event("stage:started", { stage }),
  /** 0 to 1 of one stage; never journalled. */
  event("stage:progress", { stage, fraction: z.number(), message: z.string().nullable() }),
  /** The attempt failed and another will be made. */
  event("stage:retried", { stage, attempt, delayMs: z.number(), ...failure }),
  event("stage:finished", { stage, durationMs: z.number(), notes: RunNotes }),
  /** The journal had the result. */
  event("stage:reused", { stage, durationMs: z.number(), notes: RunNotes }),
  event("stage:failed", { stage, ...failure }),
  /** A provider is about to see what the stage works on: what of it, where the stage says so. */
  event("provider:called", { stage, provider: z.string(), shown: z.string().nullable(), atMost: Amount }),
  event("provider:settled", { stage, provider: z.string(), cost: Cost, succeeded: z.boolean() }),
  /** What a provider would have been asked was in a cache: it saw nothing, and nothing was spent. */
  event("provider:cached", { stage, provider: z.string() }),
  event("review:waiting", { stage }),
  event("review:answered", { stage }),
  event("run:completed", { totalMs: z.number() }),
  /** What could go on without the answer is done. */
  event("run:waiting", { stages: z.array(stage), totalMs: z.number() }),
  event("run:failed", { ...failure, totalMs: z.number() }),
  event("run:cancelled", {})
])
export type PipelineEvent = z.output<typeof PipelineEvent>

/** Is told of events; called synchronously, so it should return at once. What it throws is lost. */
export type EventListener = (event: PipelineEvent) => void
