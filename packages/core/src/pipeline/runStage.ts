/** Runs one stage: takes its result from the journal, or makes it, as often as its policy allows, and journals it. */
import { Cause, Duration, Effect, Exit } from "effect"
import { addressOf, type Slots } from "./Artifact.ts"
import { AwaitsAnswer, awaitAnswer } from "./awaitAnswer.ts"
import { callProvider } from "./callProvider.ts"
import { describeError } from "./errorClass.ts"
import { type Plan, planOf } from "./graph.ts"
import type { JournalRow } from "./Journal.ts"
import { journalKey } from "./journalState.ts"
import { PipelineError, RunConflict, StageDied, TimedOut } from "./PipelineError.ts"
import type { RunNotes, StageRecord } from "./RunReport.ts"
import { retrying } from "./retrying.ts"
import type { Session } from "./Session.ts"
import type { AnyStage, EngineContext } from "./Stage.ts"
import { hashText } from "./sha256.ts"
import { keepSlots, loadSlots, refsOf, unkeptSlots, valuesOf } from "./storedSlots.ts"

/** How the stages of a pipeline are run; handed in, since a stage may hold a pipeline. */
export type RunStages = (
  session: Session,
  plan: Plan,
  given: Slots,
  prefix: string
) => Effect.Effect<Slots, unknown, unknown>

/** A stage about to run: where it stands and what it was given. */
interface Turn {
  readonly session: Session
  readonly stage: AnyStage
  readonly path: string
  readonly needs: Slots
  /** Of the needs and the stage's version; empty in a run without a journal. */
  readonly inputHash: string
  readonly runStages: RunStages
}

/** What the stage gives, or null while it waits for a person. */
export const runStage = (
  session: Session,
  stage: AnyStage,
  path: string,
  needs: Slots,
  runStages: RunStages
): Effect.Effect<Slots | null, unknown, unknown> => {
  const { stores } = session
  if (stores === null) return make({ session, stage, path, needs, inputHash: "", runStages })
  const inputHash = inputHashOf(stage, needs)
  const finished = stores.state.finished.get(journalKey(path, inputHash))
  if (finished !== undefined) return reuse(session, stage, finished)
  if (session.isReplay) {
    const detail = "the journal has no result for these inputs and this version"
    return Effect.fail(new PipelineError({ runId: session.runId, stage: path, reason: new RunConflict({ detail }) }))
  }
  return make({ session, stage, path, needs, inputHash, runStages })
}

const inputHashOf = ({ version }: AnyStage, needs: Slots): string => {
  let text = JSON.stringify(version)
  for (const name of Object.keys(needs).sort()) text += `\n${JSON.stringify(name)} ${addressOf(needs[name]!.ref!)}`
  return hashText(text)
}

const reuse = Effect.fnUntraced(function* (
  session: Session,
  stage: AnyStage,
  row: Extract<JournalRow, { readonly kind: "finished" }>
) {
  const gives = yield* loadSlots(session, row.record.stage, stage.gives, row.gives)
  const { durationMs, notes, stage: path } = row.record
  session.recordAgain(row.order, row.record)
  session.emit({ type: "stage:reused", stage: path, durationMs, notes })
  return gives
})

const make = Effect.fnUntraced(function* (turn: Turn): Effect.fn.Return<Slots | null, unknown, unknown> {
  const { path, session, stage } = turn
  const startNanos = session.clock.monotonicTimeNanosUnsafe()
  session.emit({ type: "stage:started", stage: path })
  const values = valuesOf(turn.needs)
  const exit = yield* Effect.exit(retrying(session, path, stage.retry, (attempt) => attemptOf(turn, values, attempt)))
  if (Exit.isSuccess(exit)) {
    const [{ gives, notes }, attempts] = exit.value
    const record: StageRecord = {
      stage: path,
      version: stage.version,
      composite: stage.inner.length > 0,
      attempts,
      durationMs: session.millisecondsSince(startNanos),
      notes
    }
    return yield* Effect.tapError(finish(turn, gives, record), (error) => Effect.sync(() => giveUp(turn, error)))
  }
  if (Cause.hasInterruptsOnly(exit.cause)) return yield* Effect.failCause(exit.cause)
  if (Cause.squash(exit.cause) instanceof AwaitsAnswer) return null
  const error = errorIn(exit.cause, turn)
  giveUp(turn, error)
  return yield* Effect.fail(error)
})

const attemptOf = (
  turn: Turn,
  values: Readonly<Record<string, unknown>>,
  attempt: number
): Effect.Effect<{ readonly gives: Readonly<Record<string, unknown>>; readonly notes: RunNotes }, unknown, unknown> => {
  const { path, session, stage } = turn
  const attempted = Effect.suspend(() =>
    Effect.map(
      // The types of `use` hold that the values are of the types that the stage needs.
      stage.run(values as never, contextOf(turn, attempt)),
      (gives) => ({ gives: Object(gives) as Readonly<Record<string, unknown>>, notes: notesOf(stage, gives) })
    )
  )
  if (stage.timeout === null) return attempted
  const afterMs = Duration.toMillis(Duration.fromInputUnsafe(stage.timeout))
  return Effect.timeoutOrElse(attempted, {
    duration: afterMs,
    orElse: () =>
      Effect.fail(new PipelineError({ runId: session.runId, stage: path, reason: new TimedOut({ afterMs }) }))
  })
}

const notesOf = ({ notes, tier }: AnyStage, gives: unknown): RunNotes => ({
  ...(tier !== null && { tier }),
  // `notes` was declared together with what the stage gives.
  ...notes?.(gives as never)
})

const contextOf = ({ inputHash, needs, path, runStages, session, stage }: Turn, attempt: number): EngineContext => {
  // Stages hand values to each other; where these rest is for the engine to know. Few stages have others inside.
  let slotsOf: WeakMap<object, Slots> | null = null
  return {
    runId: session.runId,
    attempt,
    progress: (fraction, message) =>
      session.emit({ type: "stage:progress", stage: path, fraction, message: message ?? null }),
    cached: (provider) => session.emit({ type: "provider:cached", stage: path, provider }),
    call: (options, work) => callProvider(session, stage, path, options, work),
    runInner: (inner, given = {}) => {
      const available = { ...needs, ...slotsOf?.get(given) }
      const innerNeeds = Object.fromEntries(Object.keys(inner.needs).map((name) => [name, available[name]!]))
      const ran = runStage(session, inner, `${path}/${inner.name}`, innerNeeds, runStages)
      return Effect.map(ran, (gives) => {
        const values = valuesOf(gives ?? {})
        slotsOf ??= new WeakMap()
        slotsOf.set(values, gives ?? {})
        return values
      })
    },
    runPipeline: (stages) => Effect.map(runStages(session, planOf(stages), needs, `${path}/`), valuesOf),
    // What a stage written with promises asks for was provided to the whole run.
    runPromise: (effect, signal) =>
      Effect.runPromiseWith(session.services)(effect as Effect.Effect<never, unknown>, { signal }),
    get answer() {
      return awaitAnswer(session, stage, path, inputHash)
    }
  }
}

/** Keeps the result; once this is done, the stage is not run again for the same inputs. */
const finish = Effect.fnUntraced(function* (
  { inputHash, path, session, stage }: Turn,
  values: Readonly<Record<string, unknown>>,
  record: StageRecord
): Effect.fn.Return<Slots, PipelineError> {
  const gives =
    stage.isTrusted && session.stores === null
      ? unkeptSlots(stage.gives, values)
      : yield* keepSlots(session, path, stage.gives, values, "stage")
  const order = session.record(record)
  if (session.stores !== null) {
    const at = session.clock.currentTimeMillisUnsafe()
    const row = { kind: "finished", at, inputHash, gives: refsOf(gives), order, record } as const
    yield* session.append(path, row)
    session.stores.state.finished.set(journalKey(path, inputHash), row)
  }
  session.emit({ type: "stage:finished", stage: path, durationMs: record.durationMs, notes: record.notes })
  return gives
})

const giveUp = ({ path, session }: Turn, error: unknown): void => {
  session.setRetried(error)
  session.emit({ type: "stage:failed", stage: path, ...describeError(error) })
}

const errorIn = (cause: Cause.Cause<unknown>, { path, session }: Turn): unknown => {
  const error = Cause.findErrorOption(cause)
  if (error._tag === "Some") return error.value
  return new PipelineError({
    runId: session.runId,
    stage: path,
    reason: new StageDied({ cause: Cause.squash(cause) })
  })
}
