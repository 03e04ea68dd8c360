import { Context, type Effect } from "effect"
import type { RealtimeError } from "./RealtimeError.ts"

/**
 * Keeps which jobs users follow over WebSocket, in this process and in others. A user may follow a job several times,
 * from several windows: it is followed until each has ended. What a process holds ends with its layer, and when the
 * process dies without a word, others sweep it away. Adapters are checked by `subscriptionStoreContract`.
 */
export class SubscriptionStore extends Context.Service<
  SubscriptionStore,
  {
    /** Follows a job once more from this process. */
    readonly subscribe: (userId: string, jobId: string) => Effect.Effect<void, RealtimeError>
    /** Follows it once less; succeeds also where this process does not follow it. */
    readonly unsubscribe: (userId: string, jobId: string) => Effect.Effect<void, RealtimeError>
    /** The jobs that a user follows from anywhere, in any order. */
    readonly list: (userId: string) => Effect.Effect<ReadonlyArray<string>, RealtimeError>
    /** Ends what processes held that have fallen silent; the result is how many processes. Done by itself as well. */
    readonly sweep: Effect.Effect<number, RealtimeError>
  }
>()("@timegrid/core/realtime/SubscriptionStore") {}
