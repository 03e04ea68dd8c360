/** What can be done with a run: start it, take it up again, replay it, answer for a person. */
import { Cause, Clock, type Context, Effect, Option } from "effect"
import { BlobStore } from "../blob/BlobStore.ts"
import { inTurn } from "../internal/inTurn.ts"
import type { Amount } from "./Amount.ts"
import { type ArtifactRef, addressOf, type Schemas, type Slots } from "./Artifact.ts"
import { describeError } from "./errorClass.ts"
import type { Plan } from "./graph.ts"
import { invalidatedBy } from "./invalidatedBy.ts"
import { Journal, type JournalRow } from "./Journal.ts"
import { type JournalState, journalStateOf } from "./journalState.ts"
import { PipelineError, type PipelineErrorReason, RunConflict, RunUnknown } from "./PipelineError.ts"
import type { EventListener } from "./PipelineEvent.ts"
import { ProviderGates } from "./ProviderGates.ts"
import type { RunReport } from "./RunReport.ts"
import { runStages } from "./runStages.ts"
import { ledgerOf, Session } from "./Session.ts"
import { keepSlots, loadSlots, refsOf, valuesOf } from "./storedSlots.ts"
import { type Stores, storing } from "./storing.ts"

/** A pipeline without its types. */
export interface Definition {
  readonly name: string
  readonly inputs: Schemas
  readonly plan: Plan
  /** What `provide` was given. */
  readonly services: Context.Context<never>
}

/** What can be chosen of any session of a run. */
export interface SessionOptions {
  /** The most that the run may cost, all its sessions together. Default no limit; later sessions keep the last budget. */
  readonly budget?: Amount
  /** Is told what happens; called synchronously, so it should return at once. */
  readonly onEvent?: EventListener
}

/** What else can be chosen when a run is taken up again. */
export interface AnyResumeOptions extends SessionOptions {
  readonly from?: string
  readonly with?: Values
}

type Values = Readonly<Record<string, unknown>>

/** A result without its types. */
export interface AnyResult {
  readonly status: "completed" | "waiting"
  readonly runId: string
  /** Only of a run that waits. */
  readonly waitingFor?: ReadonlyArray<string>
  readonly artifacts: Values
  readonly report: RunReport
}

/**
 * Starts a run; one that was started with this id and these inputs before goes on where it stopped, and one that is
 * under way in this process is waited for.
 */
export const start = (
  definition: Definition,
  runId: string,
  inputs: Values,
  options: SessionOptions
): Effect.Effect<AnyResult, unknown, unknown> => alone(runId, begin(definition, runId, inputs, options))

/** Takes a run up again, from where it stopped or from a stage on; one that is under way is waited for. */
export const resume = (
  definition: Definition,
  runId: string,
  options: AnyResumeOptions
): Effect.Effect<AnyResult, unknown, unknown> => alone(runId, goOn(definition, runId, options))

/** Two sessions of a run at once would each do what the other has done already, and spend its budget twice. */
const alone = <A, E, R>(runId: string, session: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.flatMap(Effect.serviceOption(Journal), (journal) =>
    Option.isNone(journal) ? session : inTurn(journal.value, runId, session)
  )

const begin = Effect.fnUntraced(function* (
  definition: Definition,
  runId: string,
  inputs: Values,
  options: SessionOptions
): Effect.fn.Return<AnyResult, unknown, unknown> {
  const found = yield* findStores(runId)
  const slots = yield* keepSlots({ runId, stores: found }, null, definition.inputs, inputs, "caller")
  if (found !== null && found.state.started !== null) {
    yield* checkRun(definition, runId, found.state)
    const { inputs: before } = found.state.started
    const isOther = ([name, ref]: readonly [string, ArtifactRef]) =>
      before[name] === undefined || addressOf(before[name]) !== addressOf(ref)
    if (Object.entries(refsOf(slots)).some(isOther))
      return yield* refuse(runId, new RunConflict({ detail: "the run was started with other inputs" }))
    return yield* takeUp(definition, runId, found, options)
  }
  const budget = options.budget ?? {}
  const { clock, session } = yield* makeSession(runId, found, { ...options, budget })
  const inputRefs = found === null ? {} : refsOf(slots)
  const at = clock.currentTimeMillisUnsafe()
  yield* session.append(null, { kind: "started", at, pipeline: definition.name, inputs: inputRefs, budget })
  session.emit({ type: "run:started", pipeline: definition.name })
  return yield* proceed(definition, session, slots)
})

const goOn = Effect.fnUntraced(function* (
  definition: Definition,
  runId: string,
  options: AnyResumeOptions
): Effect.fn.Return<AnyResult, unknown, unknown> {
  const stores = yield* getStores(runId)
  yield* checkRun(definition, runId, stores.state)
  return yield* takeUp(definition, runId, stores, options)
})

/** Reads a completed run back from its journal; no stage runs, nothing is written. */
export const replay = Effect.fnUntraced(function* (
  definition: Definition,
  runId: string
): Effect.fn.Return<AnyResult, unknown, unknown> {
  const stores = yield* getStores(runId)
  yield* checkRun(definition, runId, stores.state)
  if (stores.state.rested?.outcome !== "completed")
    return yield* refuse(runId, new RunConflict({ detail: "only a completed run can be replayed" }))
  return yield* readBack(definition, runId, stores)
})

/** Puts down what a person says about a stage that waits, or will wait, for it. */
export const answer = Effect.fnUntraced(function* (
  definition: Definition,
  runId: string,
  stageName: string,
  value: unknown
): Effect.fn.Return<void, unknown, unknown> {
  const stores = yield* findStores(runId)
  if (stores === null) return yield* Effect.die(new Error("an answer needs a journal"))
  const { state } = stores
  if (state.started !== null) yield* checkRun(definition, runId, state)
  if (state.rested?.outcome === "completed")
    return yield* refuse(runId, new RunConflict({ detail: "the run has been completed" }))
  const stage = definition.plan.stages.find(({ kind, name }) => kind === "review" && name === stageName)
  if (stage === undefined)
    return yield* refuse(runId, new RunConflict({ detail: `no stage "${stageName}" waits for a person` }))
  const [name] = Object.keys(stage.gives)
  const slots = yield* keepSlots({ runId, stores }, stageName, stage.gives, { [name!]: value }, "caller")
  yield* storing(
    runId,
    stageName,
    stores.journal.append(runId, {
      kind: "answered",
      at: yield* Clock.currentTimeMillis,
      stage: stageName,
      answer: refsOf(slots)[name!]!,
      inputHash: state.waiting.get(stageName)?.inputHash ?? null
    })
  )
})

const takeUp = Effect.fnUntraced(function* (
  definition: Definition,
  runId: string,
  stores: Stores,
  options: AnyResumeOptions
): Effect.fn.Return<AnyResult, unknown, unknown> {
  const { state } = stores
  const { from, with: values } = options
  if (from === undefined && values === undefined && state.rested?.outcome === "completed")
    return yield* readBack(definition, runId, stores)
  const invalidated = from === undefined ? [] : invalidatedBy(definition.plan, from)
  if (invalidated === null) return yield* refuse(runId, new RunConflict({ detail: `there is no stage "${from}"` }))
  const replaced = yield* replacements(definition, runId, stores, invalidated, values ?? {})
  const budget = options.budget ?? state.budget
  const at = yield* Clock.currentTimeMillis
  const row: JournalRow = { kind: "resumed", at, invalidated, replaced, budget }
  yield* storing(runId, null, stores.journal.append(runId, row))
  const resumed = { ...stores, state: journalStateOf(yield* storing(runId, null, stores.journal.read(runId))) }
  const { session } = yield* makeSession(runId, resumed, { ...options, budget })
  session.emit({ type: "run:resumed", pipeline: definition.name })
  return yield* proceed(definition, session, yield* inputSlots(definition, session, resumed.state))
})

/** What is to be taken in place of what inputs and stages give: as before, without what is made anew, and `values`. */
const replacements = Effect.fnUntraced(function* (
  { inputs, plan }: Definition,
  runId: string,
  stores: Stores,
  invalidated: ReadonlyArray<string>,
  values: Values
): Effect.fn.Return<Record<string, ArtifactRef>, PipelineError> {
  const schemas: Schemas = Object.assign({}, inputs, ...plan.stages.map(({ gives }) => gives))
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(schemas, name))
  if (unknown !== undefined)
    return yield* refuse(runId, new RunConflict({ detail: `there is no artifact "${unknown}"` }))
  const wanted = Object.fromEntries(Object.keys(values).map((name) => [name, schemas[name]!]))
  const given = yield* keepSlots({ runId, stores }, null, wanted, values, "caller")
  const madeAnew = new Set(
    plan.stages.flatMap(({ gives, name }) => (invalidated.includes(name) ? Object.keys(gives) : []))
  )
  const kept = Object.entries(stores.state.replaced).filter(([name]) => !madeAnew.has(name))
  return { ...Object.fromEntries(kept), ...refsOf(given) }
})

const readBack = Effect.fnUntraced(function* (definition: Definition, runId: string, stores: Stores) {
  const { state } = stores
  const { session } = yield* makeSession(runId, stores, { budget: state.budget }, true)
  const slots = yield* runStages(session, definition.plan, yield* inputSlots(definition, session, state), "")
  return resultOf(session, slots, state.totalMs)
})

const inputSlots = ({ inputs }: Definition, session: Session, { replaced, started }: JournalState) =>
  loadSlots(session, null, inputs, { ...started?.inputs, ...replaced })

/** Runs the stages and puts down how the session came to rest. An interrupted one does not: it may be taken up again. */
const proceed = ({ plan }: Definition, session: Session, slots: Slots): Effect.Effect<AnyResult, unknown, unknown> =>
  Effect.matchCauseEffect(runStages(session, plan, slots, ""), {
    onSuccess: (all) => {
      const totalMs = session.totalMs()
      const result = resultOf(session, all, totalMs)
      const outcome = result.status
      return Effect.map(session.append(null, restedRow(session, outcome, totalMs, null)), () => {
        session.emit(
          outcome === "completed"
            ? { type: "run:completed", totalMs }
            : { type: "run:waiting", stages: [...session.waiting], totalMs }
        )
        return result
      })
    },
    onFailure: (cause) => {
      if (Cause.hasInterruptsOnly(cause)) {
        session.emit({ type: "run:cancelled" })
        return Effect.failCause(cause)
      }
      const totalMs = session.totalMs()
      const error = Cause.squash(cause)
      session.emit({ type: "run:failed", totalMs, ...describeError(error) })
      // Where this row cannot be written either, the error that failed the run says more than the journal's.
      const rested = Effect.ignore(session.append(null, restedRow(session, "failed", totalMs, error)))
      return Effect.andThen(rested, Effect.failCause(cause))
    }
  })

const restedRow = (
  session: Session,
  outcome: "completed" | "waiting" | "failed",
  totalMs: number,
  error: unknown
): JournalRow => {
  const { code, errorClass } = error === null ? { code: null, errorClass: null } : describeError(error)
  return { kind: "rested", at: session.clock.currentTimeMillisUnsafe(), outcome, code, errorClass, totalMs }
}

const resultOf = (session: Session, slots: Slots, totalMs: number): AnyResult => {
  const rest = { runId: session.runId, artifacts: valuesOf(slots), report: session.report(totalMs) }
  return session.waiting.length === 0
    ? { status: "completed", ...rest }
    : { status: "waiting", waitingFor: [...session.waiting], ...rest }
}

const makeSession = Effect.fnUntraced(function* (
  runId: string,
  stores: Stores | null,
  options: SessionOptions & { readonly budget: Amount },
  isReplay = false
) {
  const clock = yield* Clock.Clock
  const session = new Session({
    runId,
    clock,
    services: yield* Effect.context<never>(),
    gates: yield* ProviderGates,
    stores,
    isReplay,
    ledger: ledgerOf(options.budget, stores?.state ?? null),
    listener: options.onEvent ?? null
  })
  return { clock, session }
})

const findStores = Effect.fnUntraced(function* (runId: string): Effect.fn.Return<Stores | null, PipelineError> {
  const journal = Option.getOrNull(yield* Effect.serviceOption(Journal))
  if (journal === null) return null
  const blobs = Option.getOrNull(yield* Effect.serviceOption(BlobStore))
  if (blobs === null) return yield* Effect.die(new Error("a Journal needs a BlobStore beside it"))
  const state = journalStateOf(yield* storing(runId, null, journal.read(runId)))
  return { journal, blobs, state, rests: new WeakMap() }
})

const getStores = Effect.fnUntraced(function* (runId: string): Effect.fn.Return<Stores, PipelineError> {
  const stores = yield* findStores(runId)
  return stores === null || stores.state.started === null ? yield* refuse(runId, new RunUnknown()) : stores
})

const checkRun = ({ name }: Definition, runId: string, { started }: JournalState) =>
  started !== null && started.pipeline !== name
    ? refuse(runId, new RunConflict({ detail: `the run belongs to the pipeline "${started.pipeline}"` }))
    : Effect.void

const refuse = (runId: string, reason: PipelineErrorReason) =>
  Effect.fail(new PipelineError({ runId, stage: null, reason }))
