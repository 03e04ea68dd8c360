/** Wakes workers of this process. Used as a namespace: `MemoryWakeUps.layer`. */
import { Clock, Effect, Latch, Layer, Option, type Scope } from "effect"
import type { QueueName } from "../domain/redis/queues.ts"
import type { WakeUpMessage } from "./WakeUpMessage.ts"
import { WakeUps } from "./WakeUps.ts"
import { makeWaitingJobs, type WaitingJobs } from "./waitingJobs.ts"
import { makeWorkSlots } from "./workSlots.ts"

/**
 * A queue within the process, over tables that others share: what is published here wakes workers here, and workers find
 * by looking what others have published, or what was waiting when the process began.
 */
export const make: Effect.Effect<WakeUps["Service"], never, Scope.Scope> = Effect.gen(function* () {
  const queues = new Map<QueueName, WaitingJobs & { readonly arrived: Latch.Latch }>()
  const scope = yield* Effect.scope

  const queueOf = (name: QueueName) => {
    const queue = queues.get(name) ?? { ...makeWaitingJobs(), arrived: Latch.makeUnsafe(false) }
    queues.set(name, queue)
    return queue
  }
  const add = ({ jobId, priority, queue: name }: WakeUpMessage) => {
    const queue = queueOf(name)
    queue.add(jobId, priority)
    queue.arrived.openUnsafe()
  }

  return {
    publish: Effect.fnUntraced(function* (messages) {
      const nowMs = yield* Clock.currentTimeMillis
      for (const message of messages) {
        const delayMs = Date.parse(message.availableAt) - nowMs
        if (delayMs <= 0) add(message)
        else
          yield* Effect.forkIn(
            Effect.delay(
              Effect.sync(() => add(message)),
              delayMs
            ),
            scope
          )
      }
    }),
    consume: Effect.fnUntraced(function* (name, handler, options = {}) {
      const { arrived, isEmpty, take } = queueOf(name)
      const slots = yield* makeWorkSlots(handler, options)
      const next = Effect.sync(() => {
        const jobId = take()
        if (isEmpty()) arrived.closeUnsafe()
        return Option.fromUndefinedOr(jobId)
      })
      const intake = Effect.forever(Effect.andThen(arrived.await, slots.handle(next)))
      yield* Effect.forEach(Array.from({ length: options.concurrency ?? 1 }), () => Effect.forkScoped(intake))
    })
  }
})

/** Provides `WakeUps` for one process. */
export const layer: Layer.Layer<WakeUps> = Layer.effect(WakeUps, make)
