import type { Duration, Effect } from "effect"
import type { JobStage } from "../domain/jobStatus.ts"
import type { Tier } from "../domain/Tier.ts"
import type { Amount } from "./Amount.ts"
import type { ArtifactsOf, Schemas } from "./Artifact.ts"
import type { PipelineError } from "./PipelineError.ts"
import type { RetryPolicy } from "./RetryPolicy.ts"
import type { RunNotes } from "./RunReport.ts"

/** What a stage is told and can do besides its artifacts. */
export interface StageContext {
  readonly runId: string
  /** From 1; more when earlier attempts failed for a passing reason. */
  readonly attempt: number
  /** Says how far the stage has come: 0 to 1, and a sentence for people. */
  readonly progress: (fraction: number, message?: string) => void
  /** Says that a cache had the answer that `provider` would have been asked for. */
  readonly cached: (provider: string) => void
}

/** A call to a provider. */
export interface CallOptions {
  /** Calls of one provider share a limit on how many run at once and a circuit breaker. */
  readonly provider: string
  /** What the provider gets to see, for events, such as `"page 2"`; never what stands there. */
  readonly shown?: string
  /**
   * The most that the call can cost; reserved from the run's budget before it is made. Seconds default to `timeout`, and
   * where that is not set either, to all that is left of them. Default free.
   */
  readonly atMost?: Amount
  /** Nobody can say what the call may cost in dollars: a run with a budget in dollars does not make it. Default false. */
  readonly isPriceUnknown?: boolean
  /** After this long the call is interrupted and has failed with `TimedOut`. */
  readonly timeout?: Duration.Input
  /** Those left out keep their defaults. */
  readonly retry?: Partial<RetryPolicy>
}

/**
 * Says what the call has cost so far, in place of what was said before. What is not said costs what was reserved, unless
 * the call was refused; seconds are measured, unless said.
 */
export type Charge = (cost: Amount) => void

/** {@link StageContext} for stages written with Effect. */
export interface EffectStageContext extends StageContext {
  /**
   * Makes a call within the budget of the run, the provider's limits and its own timeout, and again when it fails for a
   * passing reason. Fails like `work`, and with `BudgetExceeded`, `CircuitOpen` or `TimedOut`.
   */
  readonly call: <A, E, R>(
    options: CallOptions,
    work: (charge: Charge) => Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E | PipelineError, R>
}

/** {@link StageContext} for stages written with promises. */
export interface PromiseStageContext extends StageContext {
  /** Aborted when the stage has timed out or the run is cancelled. */
  readonly signal: AbortSignal
  /** As {@link EffectStageContext.call}; rejects with what `work` throws, or with `PipelineError`. */
  readonly call: <A>(
    options: CallOptions,
    work: (call: { readonly signal: AbortSignal; readonly charge: Charge }) => PromiseLike<A> | A
  ) => Promise<A>
}

/** What only stages made of other stages, and reviews, do. */
export interface EngineContext extends EffectStageContext {
  /**
   * Runs a stage inside this one, as the engine runs any stage. It takes its needs from what another inner stage gave,
   * where that is handed in, and from those of this one.
   */
  readonly runInner: (
    stage: AnyStage,
    given?: Readonly<Record<string, unknown>>
  ) => Effect.Effect<Readonly<Record<string, unknown>>, unknown, unknown>
  /** Runs the stages of a pipeline inside this one; gives all that they give. */
  readonly runPipeline: (
    stages: ReadonlyArray<AnyStage>
  ) => Effect.Effect<Readonly<Record<string, unknown>>, unknown, unknown>
  /** Runs an effect for a stage written with promises; rejects with its error. */
  readonly runPromise: <A>(effect: Effect.Effect<A, unknown, unknown>, signal: AbortSignal) => Promise<A>
  /** What a person answered, or a wait for it, which ends the session of what depends on it. */
  readonly answer: Effect.Effect<unknown, PipelineError>
}

/** What a stage does with stages inside it. */
export type StageKind = "task" | "ladder" | "consensus" | "pipeline" | "review"

/** What is known of any stage. */
export interface AnyStage {
  readonly name: string
  /** Changes whenever the same needs may give something else: then nothing journalled is taken for it. */
  readonly version: string
  readonly kind: StageKind
  readonly needs: Schemas
  readonly gives: Schemas
  /** `metered`: its calls can cost money. */
  readonly cost: "free" | "metered"
  /** Which of a job's stages it is; by default the one of its own name, else that of the stage around or before it. */
  readonly jobStage: JobStage | null
  /** The tier of what it gives, where that is always the same. */
  readonly tier: Tier | null
  readonly timeout: Duration.Input | null
  readonly retry: Partial<RetryPolicy>
  /** Whether a run without a journal hands on what it gives as it is. */
  readonly isTrusted: boolean
  readonly inner: ReadonlyArray<AnyStage>
  readonly notes: ((gives: never) => RunNotes) | null
  readonly run: (needs: never, context: EngineContext) => Effect.Effect<unknown, unknown, unknown>
}

/**
 * A step of a pipeline: artifacts in, artifacts out. `E` is what it fails with, `R` the services it uses, `Inner` the
 * paths of stages inside it.
 */
export interface Stage<Name extends string, Needs, Gives, E = never, R = never, Inner extends string = never>
  extends AnyStage {
  readonly name: Name
  readonly run: (needs: Needs, context: EngineContext) => Effect.Effect<Gives, E, R>
  /** Only for the compiler; never set. */
  readonly "~inner"?: Inner
}

/** What {@link stage} and `stage.effect` take besides `run`. */
export interface StageOptions<Name extends string, Needs extends Schemas, Gives extends Schemas> {
  /** Unique in its pipeline; `resume` knows the stage by it. */
  readonly name: Name
  /** Changes whenever the same needs may give something else. It should name models and engines that the stage fixes. */
  readonly version: string
  /** The artifacts that it takes, by name, each with its schema. */
  readonly needs: Needs
  /** The artifacts that it adds, by name, each with its schema. */
  readonly gives: Gives
  /** Default `free`: a call that could cost money is then a defect. */
  readonly cost?: "free" | "metered"
  readonly jobStage?: JobStage
  readonly tier?: Tier
  /** After this long an attempt is interrupted and has failed with `TimedOut`. Default: no limit. */
  readonly timeout?: Duration.Input
  /** Those left out keep their defaults. A call that has been retried is not retried with its stage again. */
  readonly retry?: Partial<RetryPolicy>
  /**
   * Hands on what the stage gives without checking it where there is no journal, which saves time on large artifacts. For
   * stages whose artifacts are sure to come out of their schemas as they went in. Default false.
   */
  readonly isTrusted?: boolean
  /** What the job's row should say. */
  readonly notes?: (gives: ArtifactsOf<Gives>) => RunNotes
}
