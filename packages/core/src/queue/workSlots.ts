import { Cause, Effect, Fiber, FiberSet, Option, type Scope, Semaphore } from "effect"
import { type ConsumeOptions, consumeDefaults, type WakeUpHandler } from "./WakeUps.ts"

/** Where the handler of a queue runs: so many times at once, and seen to an end when the scope closes. */
export interface WorkSlots {
  /** Waits for a free slot, asks for a job then, and handles it; ends when it is done. Without a job it does nothing. */
  readonly handle: (next: Effect.Effect<Option.Option<string>>) => Effect.Effect<void>
  /** Nothing begins any more; ends when what has begun has ended, or after `drainFor`. */
  readonly drain: Effect.Effect<void>
}

/**
 * Slots for a handler. Idle ones look for jobs by themselves, at once and then every `pollEvery`, and go on while there
 * are any. When the scope closes they drain, and what still runs is interrupted.
 */
export const makeWorkSlots = Effect.fnUntraced(function* <R>(
  handler: WakeUpHandler<R>,
  {
    concurrency = consumeDefaults.concurrency,
    drainFor = consumeDefaults.drainFor,
    pollEvery = consumeDefaults.pollEvery
  }: ConsumeOptions
): Effect.fn.Return<WorkSlots, never, R | Scope.Scope> {
  const context = yield* Effect.context<R>()
  const slots = yield* Semaphore.make(concurrency)
  const working = yield* FiberSet.make<boolean>()
  let isDraining = false

  const guarded = (jobId: Option.Option<string>) =>
    handler(jobId).pipe(
      Effect.provideContext(context),
      Effect.catchCause((cause) =>
        Cause.hasInterruptsOnly(cause)
          ? Effect.failCause(cause)
          : Effect.as(Effect.logError("The handler of a queue died", cause), false)
      )
    )
  // In a fiber of its own: whoever asked for it may give up waiting, the work goes on.
  const begin = (jobId: Option.Option<string>) =>
    Effect.suspend(() =>
      isDraining ? Effect.succeed(false) : Effect.flatMap(FiberSet.run(working, guarded(jobId)), Fiber.join)
    )

  const drain = Effect.suspend(() => {
    isDraining = true
    return FiberSet.awaitEmpty(working).pipe(Effect.interruptible, Effect.timeoutOption(drainFor), Effect.asVoid)
  })
  yield* Effect.addFinalizer(() => drain)

  const look = Effect.flatMap(slots.withPermitsIfAvailable(1)(begin(Option.none())), (found) =>
    Option.getOrElse(found, () => false) ? Effect.void : Effect.sleep(pollEvery)
  )
  yield* Effect.forEach(Array.from({ length: concurrency }), () => Effect.forkScoped(Effect.forever(look)))

  return {
    handle: (next) =>
      slots.withPermit(
        Effect.flatMap(next, (jobId) => (Option.isNone(jobId) ? Effect.void : Effect.asVoid(begin(jobId))))
      ),
    drain
  }
})
