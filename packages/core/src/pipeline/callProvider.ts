import { Cause, Duration, Effect, Exit } from "effect"
import type { Amount } from "./Amount.ts"
import { errorClassOf, retryAfterOf } from "./errorClass.ts"
import { CircuitOpen, PipelineError, type PipelineErrorReason, TimedOut } from "./PipelineError.ts"
import { defaultRetryPolicy, nextDelay } from "./RetryPolicy.ts"
import { Session } from "./Session.ts"
import type { AnyStage, CallOptions, Charge } from "./Stage.ts"

/**
 * Makes a call of a stage to a provider: waits for its turn, asks the breaker, reserves, calls, settles; and again
 * while the call fails for a passing reason.
 */
export const callProvider = Effect.fnUntraced(function* <A, E, R>(
  session: Session,
  stage: AnyStage,
  path: string,
  options: CallOptions,
  work: (charge: Charge) => Effect.Effect<A, E, R>
): Effect.fn.Return<A, E | PipelineError, R> {
  if (stage.cost === "free" && (options.atMost?.usd ?? 0) > 0)
    return yield* Effect.die(new Error(`"${path}" says it is free, but calls ${options.provider} for money`))
  const policy = { ...defaultRetryPolicy, ...options.retry }
  const gate = session.gates.gateOf(options.provider)
  for (let attempt = 1; ; attempt++) {
    const exit = yield* Effect.exit(gate.permits.withPermit(callOnce(session, path, options, work)))
    if (Exit.isSuccess(exit)) return exit.value
    const error = Cause.findErrorOption(exit.cause)
    if (error._tag === "None") return yield* Effect.failCause(exit.cause)
    const failure = error.value
    const { errorClass, ...described } = Session.describe(failure)
    const delayMs = isFromOpenCircuit(failure)
      ? null
      : yield* nextDelay(policy, errorClass, attempt, retryAfterOf(failure))
    if (delayMs === null) {
      session.setRetried(failure)
      return yield* Effect.fail(failure)
    }
    session.emit({ type: "stage:retried", stage: path, attempt, delayMs, errorClass, ...described })
    yield* Effect.sleep(delayMs)
  }
})

/** Waiting for a circuit to close is no use to a caller who may have another provider. */
const isFromOpenCircuit = (error: unknown): boolean =>
  error instanceof PipelineError && error.reason._tag === "CircuitOpen"

const callOnce = <A, E, R>(
  session: Session,
  path: string,
  { atMost = {}, provider, timeout }: CallOptions,
  work: (charge: Charge) => Effect.Effect<A, E, R>
): Effect.Effect<A, E | PipelineError, R> => {
  const fail = (reason: PipelineErrorReason) =>
    Effect.fail(new PipelineError({ runId: session.runId, stage: path, reason }))
  const { breaker } = session.gates.gateOf(provider)
  const { clock, ledger } = session

  const acquire = Effect.suspend(() => {
    const entry = breaker.enter(clock.currentTimeMillisUnsafe())
    if (entry.isOpen) return fail(new CircuitOpen({ provider, retryAfterMs: entry.restMs }))
    const timeoutMs = timeout === undefined ? null : Duration.toMillis(Duration.fromInputUnsafe(timeout))
    const secondsLeft = ledger.remaining("seconds")
    const seconds =
      atMost.seconds ?? (timeoutMs === null ? null : timeoutMs / 1_000) ?? (secondsLeft === 0 ? 0.001 : secondsLeft)
    const reserved: Amount = { usd: atMost.usd ?? 0, pages: atMost.pages ?? 0, seconds: seconds ?? 0 }
    const refused = ledger.reserve(reserved)
    if (refused !== null) {
      breaker.report(entry.isTrial, "unknown", clock.currentTimeMillisUnsafe())
      return fail(refused)
    }
    const limitMs = seconds === null ? timeoutMs : Math.min(timeoutMs ?? Number.POSITIVE_INFINITY, seconds * 1_000)
    const call = { id: session.nextCall(), isTrial: entry.isTrial, reserved, limitMs }
    return session
      .append(path, {
        kind: "reserved",
        at: clock.currentTimeMillisUnsafe(),
        call: call.id,
        stage: path,
        provider,
        amount: reserved
      })
      .pipe(
        Effect.as({ ...call, startNanos: clock.monotonicTimeNanosUnsafe(), charged: null as Amount | null }),
        Effect.onError(() =>
          Effect.sync(() => {
            ledger.settle(provider, reserved, {})
            breaker.report(entry.isTrial, "unknown", clock.currentTimeMillisUnsafe())
          })
        )
      )
  })

  return Effect.acquireUseRelease(
    acquire,
    (call) => {
      session.emit({ type: "provider:called", stage: path, provider, atMost: call.reserved })
      const charge: Charge = (cost) => {
        call.charged = cost
        const { pages = 0, usd = 0 } = cost
        if (usd > (call.reserved.usd ?? 0) || pages > (call.reserved.pages ?? 0))
          throw new RangeError(`${provider} has cost more than was reserved for the call`)
      }
      const called = Effect.suspend(() => work(charge))
      const { limitMs } = call
      return limitMs === null || limitMs === Number.POSITIVE_INFINITY
        ? called
        : Effect.timeoutOrElse(called, {
            duration: limitMs,
            orElse: () => fail(new TimedOut({ afterMs: limitMs }))
          })
    },
    (call, exit) =>
      Effect.suspend(() => {
        const elapsed = session.millisecondsSince(call.startNanos) / 1_000
        const cost = costOf(exit, call.charged, call.reserved, elapsed)
        ledger.settle(provider, call.reserved, cost)
        breaker.report(call.isTrial, outcomeOf(exit), clock.currentTimeMillisUnsafe())
        const succeeded = Exit.isSuccess(exit)
        session.emit({ type: "provider:settled", stage: path, provider, cost, succeeded })
        return session.append(path, {
          kind: "settled",
          at: clock.currentTimeMillisUnsafe(),
          call: call.id,
          amount: cost
        })
      })
  )
}

/** A call that got as far as the provider may have to be paid for, whatever became of it; one it turned away not. */
const costOf = (
  exit: Exit.Exit<unknown, unknown>,
  charged: Amount | null,
  reserved: Amount,
  elapsedSeconds: number
): Required<Amount> => {
  const isFree = charged === null && Exit.isFailure(exit) && wasTurnedAway(exit.cause)
  const { pages = 0, usd = 0 } = charged ?? (isFree ? {} : reserved)
  // An interruption takes a moment, which the timeout has not counted.
  const measured =
    reserved.seconds === undefined || reserved.seconds === 0
      ? elapsedSeconds
      : Math.min(elapsedSeconds, reserved.seconds)
  return { usd, pages, seconds: charged?.seconds ?? measured }
}

const turnedAway: ReadonlySet<string> = new Set(["refused", "rate_limited", "invalid_input", "budget"])

const wasTurnedAway = (cause: Cause.Cause<unknown>): boolean => {
  const error = Cause.findErrorOption(cause)
  return error._tag === "Some" && turnedAway.has(errorClassOf(error.value, "defect"))
}

const outcomeOf = (exit: Exit.Exit<unknown, unknown>): "well" | "failed" | "unknown" => {
  if (Exit.isSuccess(exit)) return "well"
  const error = Cause.findErrorOption(exit.cause)
  if (error._tag === "None") return "unknown"
  const errorClass = errorClassOf(error.value, "defect")
  // A provider that turns a call away is alive.
  return errorClass === "transient" ? "failed" : turnedAway.has(errorClass) ? "well" : "unknown"
}
