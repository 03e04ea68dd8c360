import type { Context, Effect } from "effect"
import type { BlobStore } from "../blob/BlobStore.ts"
import type { Amount } from "./Amount.ts"
import type { PipelineGraph } from "./graph.ts"
import type { Journal } from "./Journal.ts"
import type { PipelineError } from "./PipelineError.ts"
import type { EventListener, PipelineEvent } from "./PipelineEvent.ts"
import type {
  ErrorsOf,
  GivesOf,
  MissingServices,
  NameOf,
  PathsOf,
  ReplaceFault,
  ReviewsOf,
  StepOf,
  Steps,
  UseFault,
  WhenProvided
} from "./PipelineTypes.ts"
import type { RunReport } from "./RunReport.ts"
import type { AnyStage, Stage } from "./Stage.ts"

/** A run that has ended with all its artifacts. */
export interface CompletedRun<Artifacts> {
  readonly status: "completed"
  readonly runId: string
  /** Inputs included. */
  readonly artifacts: Artifacts
  readonly report: RunReport
}

/** A run that rests until a person has answered; everything that does not depend on the answer is done. */
export interface WaitingRun<Artifacts, Reviews extends string> {
  readonly status: "waiting"
  readonly runId: string
  /** The stages that wait. */
  readonly waitingFor: ReadonlyArray<Reviews>
  readonly artifacts: Partial<Artifacts>
  readonly report: RunReport
}

/** How a run comes to rest when it does not fail. */
export type RunResult<Artifacts, Reviews extends string> =
  | CompletedRun<Artifacts>
  | ([Reviews] extends [never] ? never : WaitingRun<Artifacts, Reviews>)

/** What can be chosen of a run. */
export interface RunOptions {
  /** Names the run in the journal; a run that has been started goes on. Default a random UUID. */
  readonly runId?: string
  /** The most that the run may cost, all its sessions together. Default no limit; later sessions keep the last budget. */
  readonly budget?: Amount
  /** Is told what happens; called synchronously, so it should return at once. */
  readonly onEvent?: EventListener
}

/** What can be chosen when a run is taken up again. */
export interface ResumeOptions<Paths extends string, Artifacts> extends Omit<RunOptions, "runId"> {
  /** Runs this stage and what depends on it again; a stage inside another is `outer/inner`. Default: goes on. */
  readonly from?: Paths
  /** Artifacts to take in place of what inputs and stages give. */
  readonly with?: Partial<Artifacts>
}

/** What promises can be given besides: aborting `signal` cancels the run, which then rejects with `RunCancelled`. */
export interface Cancellable {
  readonly signal?: AbortSignal
}

/** The events of a run as they happen, and what it comes to. Leaving the loop before the end cancels the run. */
export interface RunStream<Result> extends AsyncIterable<PipelineEvent> {
  readonly result: Promise<Result>
}

/**
 * Stages in an order in which each finds what it needs. Immutable: `use`, `replace` and `provide` give another pipeline.
 * With a `Journal` and a `BlobStore` among its services its runs outlive the process.
 *
 * What returns promises asks that all services were provided and rejects with the error classes of the stages and
 * `PipelineError`; what returns an Effect asks for what is missing.
 */
export interface Pipeline<Name extends string, Inputs, Artifacts, S extends Steps, Provided> {
  readonly name: Name

  /** Adds a stage. It runs as soon as its needs are met, beside whatever else can run. */
  use<Next extends AnyStage>(
    stage: [UseFault<Next, Artifacts, keyof S>] extends [never] ? Next : UseFault<Next, Artifacts, keyof S>
  ): Pipeline<
    Name,
    Inputs,
    { readonly [Key in keyof (Artifacts & GivesOf<Next>)]: (Artifacts & GivesOf<Next>)[Key] },
    {
      readonly [Key in keyof S | NameOf<Next>]: Key extends keyof S ? S[Key] : StepOf<Next, Artifacts>
    },
    Provided
  >

  /** Puts a stage in another's place. It needs no more than stood there for the other, and gives at least as much. */
  replace<Old extends keyof S & string, Next extends AnyStage>(
    name: Old,
    stage: [ReplaceFault<Next, Old, S[Old], Artifacts, keyof S>] extends [never]
      ? Next
      : ReplaceFault<Next, Old, S[Old], Artifacts, keyof S>
  ): Pipeline<
    Name,
    Inputs,
    { readonly [Key in keyof (Artifacts & GivesOf<Next>)]: (Artifacts & GivesOf<Next>)[Key] },
    {
      readonly [Key in Exclude<keyof S, Old> | NameOf<Next>]: Key extends Exclude<keyof S, Old>
        ? S[Key]
        : StepOf<Next, S[Old]["before"]>
    },
    Provided
  >

  /** Gives all runs a service. What layers make is better provided to `effect`, or handed over as a context. */
  provide<Identifier, Shape>(
    service: Context.Key<Identifier, Shape>,
    implementation: NoInfer<Shape>
  ): Pipeline<Name, Inputs, Artifacts, S, Provided | Identifier>
  provide<Services>(services: Context.Context<Services>): Pipeline<Name, Inputs, Artifacts, S, Provided | Services>

  /** This pipeline as one stage of another: it needs the inputs and gives the artifacts that are named. */
  asStage<const Given extends keyof Artifacts & string>(
    gives: readonly [Given, ...Array<Given>],
    options?: { readonly version?: string }
  ): [ReviewsOf<S>] extends [never]
    ? Stage<
        Name,
        Inputs,
        { readonly [Key in Given]: Artifacts[Key] },
        ErrorsOf<S> | PipelineError,
        MissingServices<S, Provided>,
        `${Name}/${PathsOf<S>}`
      >
    : `'${ReviewsOf<S>}' waits for a person, which no stage inside another can`

  /** Runs the pipeline. */
  run(
    inputs: WhenProvided<MissingServices<S, Provided>, Inputs>,
    options?: RunOptions & Cancellable
  ): Promise<RunResult<Artifacts, ReviewsOf<S>>>

  /** Runs the pipeline, from now on, and tells what happens meanwhile. */
  stream(
    inputs: WhenProvided<MissingServices<S, Provided>, Inputs>,
    options?: Omit<RunOptions, "onEvent"> & Cancellable
  ): RunStream<RunResult<Artifacts, ReviewsOf<S>>>

  /** Takes a run up again: from where it stopped, or from a stage on. A completed one is only read back. */
  resume(
    runId: WhenProvided<JournalServices<S, Provided>, string>,
    options?: ResumeOptions<(keyof S | S[keyof S]["inner"]) & string, Artifacts> & Cancellable
  ): Promise<RunResult<Artifacts, ReviewsOf<S>>>

  /** Reads a completed run back from its journal, byte for byte; no stage runs and no provider is called. */
  replay(runId: WhenProvided<JournalServices<S, Provided>, string>): Promise<CompletedRun<Artifacts>>

  /** Puts down what a person says to a review, before or after it waits for that; `resume` goes on with it. */
  answer<Review extends ReviewsOf<S>>(
    runId: WhenProvided<JournalServices<S, Provided>, string>,
    stage: Review,
    value: S[Review]["answers"]
  ): Promise<void>

  /** The same for Effect: `effect(inputs)`, `effect.resume(runId)`, `effect.replay(runId)`, `effect.answer(…)`. */
  readonly effect: EffectPipeline<Inputs, Artifacts, S, Provided>

  /** The graph as plain data. `toMermaid` draws it. */
  explain(): PipelineGraph
}

/** What a run that is kept asks for. */
type JournalServices<S extends Steps, Provided> = MissingServices<S, Provided> | Exclude<Journal | BlobStore, Provided>

/** What {@link Pipeline} does, as Effects that ask for the services that are missing. Interruption cancels the run. */
export interface EffectPipeline<Inputs, Artifacts, S extends Steps, Provided> {
  (
    inputs: Inputs,
    options?: RunOptions
  ): Effect.Effect<RunResult<Artifacts, ReviewsOf<S>>, ErrorsOf<S> | PipelineError, MissingServices<S, Provided>>
  /** As {@link Pipeline.resume}. */
  resume(
    runId: string,
    options?: ResumeOptions<(keyof S | S[keyof S]["inner"]) & string, Artifacts>
  ): Effect.Effect<RunResult<Artifacts, ReviewsOf<S>>, ErrorsOf<S> | PipelineError, JournalServices<S, Provided>>
  /** As {@link Pipeline.replay}. */
  replay(runId: string): Effect.Effect<CompletedRun<Artifacts>, PipelineError, Exclude<Journal | BlobStore, Provided>>
  /** As {@link Pipeline.answer}. */
  answer<Review extends ReviewsOf<S>>(
    runId: string,
    stage: Review,
    value: S[Review]["answers"]
  ): Effect.Effect<void, PipelineError, Exclude<Journal | BlobStore, Provided>>
}
