import { Context, Data, type Effect } from "effect"
import * as z from "zod"
import { Amount } from "./Amount.ts"
import { ArtifactRef } from "./Artifact.ts"
import { errorClasses } from "./errorClass.ts"
import { StageRecord } from "./RunReport.ts"

const Refs = z.record(z.string(), ArtifactRef)
/** Milliseconds since 1970. */
const at = z.number()

/** What a journal keeps of a run, in the order in which it happened. All plain JSON; bytes lie in the blob store. */
export const JournalRow = z.discriminatedUnion("kind", [
  /** The run was started for the first time. */
  z.object({ kind: z.literal("started"), at, pipeline: z.string(), inputs: Refs, budget: Amount }),
  /** The run was taken up again. */
  z.object({
    kind: z.literal("resumed"),
    at,
    /** Paths of the stages whose results no longer count. */
    invalidated: z.array(z.string()),
    /** All artifacts that are to be taken in place of what inputs and stages give. */
    replaced: Refs,
    budget: Amount
  }),
  /** A stage has ended; with the same inputs and version it is not run again. */
  z.object({
    kind: z.literal("finished"),
    at,
    inputHash: z.string(),
    gives: Refs,
    /** Place of the stage among those of the run, in the order in which they ended. */
    order: z.int(),
    record: StageRecord
  }),
  /** A call that costs something is about to be made. Without its settlement it counts in full. */
  z.object({
    kind: z.literal("reserved"),
    at,
    call: z.string(),
    stage: z.string(),
    provider: z.string(),
    amount: Amount
  }),
  /** What the call has cost. */
  z.object({ kind: z.literal("settled"), at, call: z.string(), amount: Amount }),
  /** A stage waits for a person. */
  z.object({ kind: z.literal("waiting"), at, stage: z.string(), inputHash: z.string() }),
  /** What a person said; may come before the stage waits. */
  z.object({
    kind: z.literal("answered"),
    at,
    stage: z.string(),
    answer: ArtifactRef,
    /** What the person was asked about; null where the stage did not wait yet, then it holds for whatever comes. */
    inputHash: z.string().nullable()
  }),
  /** The run came to rest. */
  z.object({
    kind: z.literal("rested"),
    at,
    outcome: z.enum(["completed", "failed", "waiting"]),
    code: z.string().nullable(),
    errorClass: z.enum(errorClasses).nullable(),
    /** Milliseconds for which the run was at work, from its first start on. */
    totalMs: z.number()
  })
])
export type JournalRow = z.output<typeof JournalRow>

/** The journal could not be reached, or did not take a row. */
export class JournalError extends Data.TaggedError("JournalError")<{
  readonly runId: string
  readonly isRetryable: boolean
  readonly cause: unknown
}> {
  readonly code = "unavailable"
}

/**
 * Keeps what runs have done. One run has one session at a time: those of one process and journal wait for each other;
 * whoever shares a journal between processes takes a lease on a run first.
 */
export class Journal extends Context.Service<
  Journal,
  {
    /** Adds a row at the end of a run; when it succeeds, the row outlives the process as far as the journal does. */
    readonly append: (runId: string, row: JournalRow) => Effect.Effect<void, JournalError>
    /** All rows of a run in the order in which they were added; none for a run that it does not know. */
    readonly read: (runId: string) => Effect.Effect<ReadonlyArray<JournalRow>, JournalError>
    /** Forgets a run; succeeds also for one that it does not know. */
    readonly remove: (runId: string) => Effect.Effect<void, JournalError>
  }
>()("@timegrid/core/pipeline/Journal") {}
