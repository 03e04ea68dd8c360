import { Effect } from "effect"
import type * as z from "zod"
import type { BlobStore } from "../blob/BlobStore.ts"
import type { Slot } from "./Artifact.ts"
import { errorClassOf } from "./errorClass.ts"
import type { Journal } from "./Journal.ts"
import type { JournalState } from "./journalState.ts"
import { ArtifactInvalid, PipelineError, StoreFailed } from "./PipelineError.ts"
import { defaultRetryPolicy, nextDelay } from "./RetryPolicy.ts"

/** Where a journalled run keeps what it does. */
export interface Stores {
  readonly journal: Journal["Service"]
  readonly blobs: BlobStore["Service"]
  /** Grows with what a session finishes. */
  readonly state: JournalState
  /** Where values of this session rest, by the schema that they were kept by. */
  readonly rests: WeakMap<object, Map<z.ZodType, Slot>>
}

/** A run, and where it is kept; null for a run without a journal. */
export interface KeptRun {
  readonly runId: string
  readonly stores: Stores | null
}

/** Work with stores: tried again while it fails for a passing reason, then failed with `StoreFailed`. */
export const storing = <A, E>(
  runId: string,
  stage: string | null,
  work: Effect.Effect<A, E>
): Effect.Effect<A, PipelineError> => {
  const from = (attempt: number): Effect.Effect<A, PipelineError> =>
    Effect.catch(work, (cause) =>
      Effect.flatMap(nextDelay(defaultRetryPolicy, errorClassOf(cause), attempt, null), (delayMs) => {
        if (delayMs !== null) return Effect.andThen(Effect.sleep(delayMs), from(attempt + 1))
        const reason = cause instanceof ArtifactInvalid ? cause : new StoreFailed({ cause })
        return Effect.fail(new PipelineError({ runId, stage, reason }))
      })
    )
  return from(1)
}
