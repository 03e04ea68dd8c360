import { Context, type Duration, type Effect, type Option, type Scope } from "effect"
import type { QueueName } from "../domain/redis/queues.ts"
import type { QueueError } from "./QueueError.ts"
import type { WakeUpMessage } from "./WakeUpMessage.ts"

/**
 * Works on a job: the one that a message spoke of, or with none the first that waits. Claims it first, since it may be
 * gone or another's by now. The result is whether there was work. A defect is logged and changes nothing.
 */
export type WakeUpHandler<R> = (jobId: Option.Option<string>) => Effect.Effect<boolean, never, R>

/** How a queue is listened to. */
export interface ConsumeOptions {
  /** Jobs at once. Default 1. */
  readonly concurrency?: number | undefined
  /** An idle worker looks for jobs by itself so often, should messages get lost. Default 5 seconds. */
  readonly pollEvery?: Duration.Input | undefined
  /**
   * When the scope closes, work that has begun may go on for so long; then it is interrupted, which is when handlers hand
   * back what they hold. Default 25 seconds.
   */
  readonly drainFor?: Duration.Input | undefined
}

/** The options with their defaults. */
export const consumeDefaults = { concurrency: 1, pollEvery: "5 seconds", drainFor: "25 seconds" } as const

/**
 * Wakes workers for jobs that wait. Messages may be lost, late or doubled: what is to be done, and by whom, is for the
 * `JobStore` to say. Adapters are checked by `wakeUpsContract`.
 */
export class WakeUps extends Context.Service<
  WakeUps,
  {
    /** Wakes a worker for each job; a job that is spoken of already is not spoken of twice. */
    readonly publish: (messages: ReadonlyArray<WakeUpMessage>) => Effect.Effect<void, QueueError>
    /** Handles the messages of a queue from now on, those of greater priority first, until the scope closes. */
    readonly consume: <R>(
      queue: QueueName,
      handle: WakeUpHandler<R>,
      options?: ConsumeOptions
    ) => Effect.Effect<void, QueueError, R | Scope.Scope>
  }
>()("@timegrid/core/queue/WakeUps") {}
