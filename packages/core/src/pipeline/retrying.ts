import { Cause, Effect, Exit } from "effect"
import { describeError, retryAfterOf } from "./errorClass.ts"
import { PipelineError } from "./PipelineError.ts"
import { defaultRetryPolicy, nextDelay, type RetryPolicy } from "./RetryPolicy.ts"
import type { Session } from "./Session.ts"

/**
 * Does work of a stage again while it fails for a passing reason, as far as the policy allows; gives its result and how
 * many attempts that took. A failure that comes out of here is not retried by a stage around this one.
 *
 * @param work Is told the number of the attempt, from 1.
 */
export const retrying = Effect.fnUntraced(function* <A, E, R>(
  session: Session,
  path: string,
  changedPolicy: Partial<RetryPolicy>,
  work: (attempt: number) => Effect.Effect<A, E, R>
): Effect.fn.Return<readonly [result: A, attempts: number], E, R> {
  const policy = { ...defaultRetryPolicy, ...changedPolicy }
  for (let attempt = 1; ; attempt++) {
    const exit = yield* Effect.exit(work(attempt))
    if (Exit.isSuccess(exit)) return [exit.value, attempt]
    const failure = Cause.findErrorOption(exit.cause)
    if (failure._tag === "None") return yield* Effect.failCause(exit.cause)
    const error = failure.value
    const { errorClass, ...described } = describeError(error)
    const delayMs =
      session.wasRetried(error) || isFromOpenCircuit(error)
        ? null
        : yield* nextDelay(policy, errorClass, attempt, retryAfterOf(error))
    if (delayMs === null) {
      session.setRetried(error)
      return yield* Effect.fail(error)
    }
    session.emit({ type: "stage:retried", stage: path, attempt, delayMs, errorClass, ...described })
    yield* Effect.sleep(delayMs)
  }
})

/** Waiting for a circuit to close is no use to a caller who may have another provider. */
const isFromOpenCircuit = (error: unknown): boolean =>
  error instanceof PipelineError && error.reason._tag === "CircuitOpen"
