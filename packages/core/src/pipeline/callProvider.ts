import { Cause, Duration, Effect, Exit } from "effect"
import type { Amount, Cost } from "./Amount.ts"
import { errorClassOf } from "./errorClass.ts"
import { CircuitOpen, PipelineError, type PipelineErrorReason, TimedOut } from "./PipelineError.ts"
import { retrying } from "./retrying.ts"
import type { Session } from "./Session.ts"
import type { AnyStage, CallOptions, Charge } from "./Stage.ts"

/**
 * Makes a call of a stage to a provider: waits for its turn, asks the breaker, reserves, calls, settles; and again
 * while the call fails for a passing reason.
 */
export const callProvider = <A, E, R>(
  session: Session,
  stage: AnyStage,
  path: string,
  options: CallOptions,
  work: (charge: Charge) => Effect.Effect<A, E, R>
): Effect.Effect<A, E | PipelineError, R> => {
  if (stage.cost === "free" && (options.isPriceUnknown || (options.atMost?.usd ?? 0) > 0))
    return Effect.die(new Error(`"${path}" says it is free, but calls ${options.provider} for money`))
  const { permits } = session.gates.gateOf(options.provider)
  const made = retrying(session, path, options.retry ?? {}, () =>
    permits.withPermit(callOnce(session, path, options, work))
  )
  return Effect.map(made, ([result]) => result)
}

const callOnce = <A, E, R>(
  session: Session,
  path: string,
  options: CallOptions,
  work: (charge: Charge) => Effect.Effect<A, E, R>
): Effect.Effect<A, E | PipelineError, R> =>
  Effect.acquireUseRelease(
    begin(session, path, options),
    (call) => {
      const called = Effect.suspend(() => work(chargeTo(call)))
      const { limitMs } = call
      if (limitMs === null) return called
      return Effect.timeoutOrElse(called, {
        duration: limitMs,
        orElse: () => fail(session, path, new TimedOut({ afterMs: limitMs }))
      })
    },
    (call, exit) => settle(session, path, call, exit)
  )

/** A call under way. */
interface Call {
  /** Unique in the run. */
  readonly id: string
  readonly provider: string
  /** Whether the circuit breaker waits to see how it ends. */
  readonly isTrial: boolean
  readonly reserved: Cost
  readonly isPriceUnknown: boolean
  /** Milliseconds after which it is interrupted; null for no limit. */
  readonly limitMs: number | null
  readonly startNanos: bigint
  /** What it is known to have cost; null as long as nobody said. */
  charged: Amount | null
}

const fail = ({ runId }: Session, path: string, reason: PipelineErrorReason) =>
  Effect.fail(new PipelineError({ runId, stage: path, reason }))

/** Asks the breaker, and reserves what the call can cost: in the books, then in the journal. */
const begin = (session: Session, path: string, options: CallOptions): Effect.Effect<Call, PipelineError> =>
  Effect.suspend(() => {
    const { clock, ledger } = session
    const { provider } = options
    const { breaker } = session.gates.gateOf(provider)
    const entry = breaker.enter(clock.currentTimeMillisUnsafe())
    if (entry.isOpen) return fail(session, path, new CircuitOpen({ provider, retryAfterMs: entry.restMs }))
    const giveBack = () => breaker.report(entry.isTrial, "unknown", clock.currentTimeMillisUnsafe())
    const { limitMs, reserved } = boundsOf(options, ledger.remaining("seconds"))
    const refused = (options.isPriceUnknown ? ledger.refuseUnknown("usd") : null) ?? ledger.reserve(reserved)
    if (refused !== null) {
      giveBack()
      return fail(session, path, refused)
    }
    const id = session.nextCall()
    const at = clock.currentTimeMillisUnsafe()
    return session.append(path, { kind: "reserved", at, call: id, stage: path, provider, amount: reserved }).pipe(
      Effect.map((): Call => {
        const { shown = null } = options
        session.emit({ type: "provider:called", stage: path, provider, shown, atMost: reserved })
        const startNanos = clock.monotonicTimeNanosUnsafe()
        const isPriceUnknown = options.isPriceUnknown ?? false
        return { id, provider, isTrial: entry.isTrial, reserved, isPriceUnknown, limitMs, startNanos, charged: null }
      }),
      Effect.onError(() =>
        Effect.sync(() => {
          ledger.settle(provider, reserved, {})
          giveBack()
        })
      )
    )
  })

/** What a call can cost and how long it can take, in a run with so many seconds left. */
const boundsOf = (
  { atMost = {}, timeout }: CallOptions,
  secondsLeft: number | null
): { readonly reserved: Cost; readonly limitMs: number | null } => {
  const { pages = 0, usd = 0 } = atMost
  const given = timeout === undefined ? Number.POSITIVE_INFINITY : Duration.toMillis(Duration.fromInputUnsafe(timeout))
  const timeoutSeconds = Number.isFinite(given) ? given / 1_000 : null
  // With nothing left, something must be asked for to be refused.
  const seconds = atMost.seconds ?? timeoutSeconds ?? (secondsLeft === 0 ? 0.001 : secondsLeft)
  if (seconds === null) return { reserved: { usd, pages, seconds: 0 }, limitMs: null }
  return { reserved: { usd, pages, seconds }, limitMs: Math.min(given, seconds * 1_000) }
}

const chargeTo =
  (call: Call): Charge =>
  (cost) => {
    call.charged = cost
    const { pages = 0, usd = 0 } = cost
    if ((usd > call.reserved.usd && !call.isPriceUnknown) || pages > call.reserved.pages)
      throw new RangeError(`${call.provider} has cost more than was reserved for the call`)
  }

const settle = (session: Session, path: string, call: Call, exit: Exit.Exit<unknown, unknown>): Effect.Effect<void> =>
  Effect.suspend(() => {
    const { id, isTrial, provider, reserved } = call
    const at = session.clock.currentTimeMillisUnsafe()
    const cost = costOf(call, exit, session.millisecondsSince(call.startNanos) / 1_000)
    session.ledger.settle(provider, reserved, cost)
    session.gates.gateOf(provider).breaker.report(isTrial, outcomeOf(exit), at)
    session.emit({ type: "provider:settled", stage: path, provider, cost, succeeded: Exit.isSuccess(exit) })
    // Where this row is not written, the reservation stands: that is no reason to lose what was paid for.
    return Effect.ignore(session.append(path, { kind: "settled", at, call: id, amount: cost }))
  })

/** A call that got as far as the provider may have to be paid for, whatever became of it; one it turned away not. */
const costOf = ({ charged, reserved }: Call, exit: Exit.Exit<unknown, unknown>, elapsedSeconds: number): Cost => {
  const isFree = charged === null && Exit.isFailure(exit) && wasTurnedAway(exit.cause)
  const { pages = 0, usd = 0 } = charged ?? (isFree ? {} : reserved)
  // An interruption takes a moment, which the timeout has not counted.
  const measured = reserved.seconds === 0 ? elapsedSeconds : Math.min(elapsedSeconds, reserved.seconds)
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
