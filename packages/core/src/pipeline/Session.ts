import { type Clock, type Context, Effect } from "effect"
import type { Amount } from "./Amount.ts"
import type { JournalRow } from "./Journal.ts"
import type { JournalState } from "./journalState.ts"
import { Ledger } from "./Ledger.ts"
import { PipelineError } from "./PipelineError.ts"
import type { EventListener, PipelineEvent } from "./PipelineEvent.ts"
import type { ProviderGatesShape } from "./ProviderGates.ts"
import type { RunReport, StageRecord } from "./RunReport.ts"
import { type KeptRun, type Stores, storing } from "./storing.ts"

/** What is particular to one kind of event. */
type EventBody = PipelineEvent extends infer Event
  ? Event extends PipelineEvent
    ? Omit<Event, "seq" | "runId" | "at">
    : never
  : never

/** Event numbers of one session; those that a crash has swallowed are not used again. */
const eventsPerSession = 1_000_000

/** One go at a run, from its start or its resumption until it comes to rest. */
export class Session implements KeptRun {
  readonly runId: string
  readonly clock: Clock.Clock
  /** Everything that stages may ask for. */
  readonly services: Context.Context<never>
  readonly gates: ProviderGatesShape
  /** Null for a run without a journal. */
  readonly stores: Stores | null
  /** Whether only the journal may answer. */
  readonly isReplay: boolean
  readonly ledger: Ledger
  /** Paths of the stages that wait for a person. */
  readonly waiting: Array<string> = []
  readonly #listener: EventListener | null
  readonly #startNanos: bigint
  readonly #records = new Map<string, { readonly order: number; readonly record: StageRecord }>()
  readonly #retried = new WeakSet<object>()
  #order: number
  #seq: number
  #calls = 0

  constructor(options: {
    readonly runId: string
    readonly clock: Clock.Clock
    readonly services: Context.Context<never>
    readonly gates: ProviderGatesShape
    readonly stores: Stores | null
    readonly isReplay: boolean
    readonly ledger: Ledger
    readonly listener: EventListener | null
  }) {
    this.runId = options.runId
    this.clock = options.clock
    this.services = options.services
    this.gates = options.gates
    this.stores = options.stores
    this.isReplay = options.isReplay
    this.ledger = options.ledger
    this.#listener = options.listener
    this.#startNanos = options.clock.monotonicTimeNanosUnsafe()
    this.#seq = (options.stores?.state.sessions ?? 0) * eventsPerSession
    this.#order = 0
    for (const { order, record } of options.stores?.state.latest.values() ?? []) {
      this.#records.set(record.stage, { order, record })
      this.#order = Math.max(this.#order, order + 1)
    }
  }

  /** Tells the listener. */
  emit(body: EventBody): void {
    this.#seq += 1
    if (this.#listener === null) return
    const at = new Date(this.clock.currentTimeMillisUnsafe()).toISOString()
    try {
      this.#listener({ ...body, seq: this.#seq, runId: this.runId, at })
    } catch {
      // A listener cannot fail the run; what it makes of events is its own affair.
    }
  }

  /** Milliseconds since `startNanos`, to the microsecond. */
  millisecondsSince(startNanos: bigint): number {
    return Number((this.clock.monotonicTimeNanosUnsafe() - startNanos) / 1_000n) / 1_000
  }

  /** Milliseconds of work, earlier sessions included. */
  totalMs(): number {
    const before = this.stores?.state.totalMs ?? 0
    return Math.round((before + this.millisecondsSince(this.#startNanos)) * 1_000) / 1_000
  }

  /** Puts down how a stage went; gives its place in the order of the run. */
  record(record: StageRecord): number {
    const order = this.#order++
    this.#records.set(record.stage, { order, record })
    return order
  }

  /** Puts down that the result of an earlier session was taken. */
  recordAgain(order: number, record: StageRecord): void {
    this.#records.set(record.stage, { order, record })
  }

  /** How the run went up to now. */
  report(totalMs: number): RunReport {
    const stages = [...this.#records.values()].sort((one, other) => one.order - other.order)
    return { stages: stages.map(({ record }) => record), spent: this.ledger.spentByProvider(), totalMs }
  }

  /** A name for a call, unique in the run. */
  nextCall(): string {
    this.#calls += 1
    return `${this.stores?.state.sessions ?? 0}.${this.#calls}`
  }

  /** Whether retries for this very error are used up already. */
  wasRetried(error: unknown): boolean {
    const origin = originOf(error)
    return typeof origin === "object" && origin !== null && this.#retried.has(origin)
  }

  /** Keeps stages around this one from retrying the same error. */
  setRetried(error: unknown): void {
    const origin = originOf(error)
    if (typeof origin === "object" && origin !== null) this.#retried.add(origin)
  }

  /** Adds a row to the journal, where there is one. */
  append(stage: string | null, row: JournalRow): Effect.Effect<void, PipelineError> {
    return this.stores === null || this.isReplay
      ? Effect.void
      : storing(this.runId, stage, this.stores.journal.append(this.runId, row))
  }
}

/** What a stage written with promises threw, else the error itself. */
const originOf = (error: unknown): unknown =>
  error instanceof PipelineError && error.reason._tag === "StageThrew" ? error.reason.cause : error

/** A session's books, with what earlier ones have spent. */
export const ledgerOf = (budget: Amount, state: JournalState | null): Ledger => {
  const ledger = new Ledger(budget)
  for (const { amount, provider } of state?.spent ?? []) ledger.settle(provider, {}, amount)
  return ledger
}
