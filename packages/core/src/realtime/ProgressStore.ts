import { Context, type Effect, type Option } from "effect"
import type { JobProgress } from "../domain/redis/JobProgress.ts"
import type { RealtimeError } from "./RealtimeError.ts"

/**
 * Keeps how far jobs have come, for whoever watches, for 7 days. What a job's row says counts: this is told more often
 * and may be lost. Adapters are checked by `progressStoreContract`.
 */
export class ProgressStore extends Context.Service<
  ProgressStore,
  {
    /** In place of all that was told before. Fields beside those that are named are texts. */
    readonly put: (jobId: string, progress: JobProgress) => Effect.Effect<void, RealtimeError>
    /** What was told last. */
    readonly find: (jobId: string) => Effect.Effect<Option.Option<JobProgress>, RealtimeError>
    readonly remove: (jobId: string) => Effect.Effect<void, RealtimeError>
  }
>()("@timegrid/core/realtime/ProgressStore") {}
