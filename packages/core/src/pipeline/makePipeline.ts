import { Cause, Context, Effect, Exit, Fiber } from "effect"
import type * as z from "zod"
import type { ArtifactsOf, Schemas } from "./Artifact.ts"
import { costOf, versionOf } from "./composite.ts"
import { makeStage } from "./defineStage.ts"
import { EventStream } from "./eventStream.ts"
import { graphOf, type PipelineGraph, planOf } from "./graph.ts"
import type { Cancellable, Pipeline, ResumeOptions, RunOptions, RunStream } from "./Pipeline.ts"
import { PipelineError, RunCancelled } from "./PipelineError.ts"
import { type AnyResult, answer, type Definition, replay, resume, start } from "./runPipeline.ts"
import type { AnyStage } from "./Stage.ts"

declare const crypto: { readonly randomUUID: () => string }

/**
 * Begins a pipeline with the artifacts that its runs are given.
 *
 * @example
 * const timetable = pipeline("timetable", { document: Document }).use(classify).use(readPages).use(interpret)
 */
export const pipeline = <const Name extends string, Inputs extends Schemas>(
  name: Name,
  inputs: Inputs
): Begun<Name, { readonly [Key in keyof Inputs]: z.output<Inputs[Key]> }> =>
  // From here on `use`, `replace` and `provide` work the types out, and hold what the code below relies on.
  new AnyPipeline({ name, inputs, plan: planOf([]), services: Context.empty() }) as AnyPipeline &
    Begun<Name, ArtifactsOf<Inputs>>

/** A pipeline without stages. */
type Begun<Name extends string, Inputs> = Pipeline<Name, Inputs, Inputs, Record<never, never>, never>

type Values = Readonly<Record<string, unknown>>
type AnyResumeOptions = ResumeOptions<string, Values> & Cancellable

/** A pipeline whose types the compiler has checked elsewhere. */
class AnyPipeline {
  readonly name: string
  readonly effect: ReturnType<typeof effectsOf>
  readonly #definition: Definition

  constructor(definition: Definition) {
    this.name = definition.name
    this.#definition = definition
    this.effect = effectsOf(definition)
  }

  use(stage: AnyStage): AnyPipeline {
    return this.#with([...this.#definition.plan.stages, stage])
  }

  replace(name: string, stage: AnyStage): AnyPipeline {
    return this.#with(this.#definition.plan.stages.map((each) => (each.name === name ? stage : each)))
  }

  provide(given: Context.Context<never> | Context.Key<never, unknown>, implementation?: unknown): AnyPipeline {
    const services = Context.isContext(given) ? given : Context.make(given, implementation)
    return new AnyPipeline({ ...this.#definition, services: Context.merge(this.#definition.services, services) })
  }

  asStage(gives: ReadonlyArray<string>, { version = "1" }: { readonly version?: string } = {}): AnyStage {
    const { inputs, name, plan, services } = this.#definition
    const schemas: Schemas = Object.assign({}, inputs, ...plan.stages.map((stage) => stage.gives))
    const made = makeStage(
      {
        name,
        version: versionOf(version, plan.stages),
        needs: inputs,
        gives: Object.fromEntries(gives.map((artifact) => [artifact, schemas[artifact]!])),
        cost: costOf(plan.stages),
        isTrusted: true
      },
      (_, { runPipeline }) => Effect.provideContext(runPipeline(plan.stages), services),
      "pipeline"
    )
    return { ...made, inner: plan.stages }
  }

  run(inputs: Values, { signal, ...options }: RunOptions & Cancellable = {}): Promise<AnyResult> {
    const { runId = crypto.randomUUID() } = options
    return settled(runId, this.effect(inputs, { ...options, runId }), signal)
  }

  resume(runId: string, { signal, ...options }: AnyResumeOptions = {}): Promise<AnyResult> {
    return settled(runId, this.effect.resume(runId, options), signal)
  }

  replay(runId: string): Promise<AnyResult> {
    return settled(runId, this.effect.replay(runId))
  }

  answer(runId: string, stage: string, value: unknown): Promise<void> {
    return settled(runId, this.effect.answer(runId, stage, value))
  }

  stream(inputs: Values, { signal, ...options }: Omit<RunOptions, "onEvent"> & Cancellable = {}): RunStream<AnyResult> {
    const { runId = crypto.randomUUID() } = options
    const fiber: { current?: Fiber.Fiber<AnyResult, unknown> } = {}
    const events = new EventStream(() => fiber.current?.interruptUnsafe())
    fiber.current = Effect.runFork(
      withoutServices(this.effect(inputs, { ...options, runId, onEvent: events.push })),
      signal === undefined ? {} : { signal }
    )
    const result = Effect.runPromise(Fiber.await(fiber.current)).then((exit) => successOf(runId, exit))
    // Whoever only follows the events has read of the failure there.
    result.catch(() => {}).finally(events.end)
    return Object.assign(events, { result })
  }

  explain(): PipelineGraph {
    const { inputs, name, plan } = this.#definition
    return graphOf(name, Object.keys(inputs), plan.stages)
  }

  #with(stages: ReadonlyArray<AnyStage>): AnyPipeline {
    return new AnyPipeline({ ...this.#definition, plan: planOf(stages) })
  }
}

const effectsOf = (definition: Definition) => {
  const { services } = definition
  return Object.assign(
    (inputs: Values, options: RunOptions = {}) =>
      // Each time that the effect is run, it is another run.
      Effect.suspend(() => start(definition, options.runId ?? crypto.randomUUID(), inputs, options)).pipe(
        Effect.provideContext(services)
      ),
    {
      resume: (runId: string, options: ResumeOptions<string, Values> = {}) =>
        Effect.provideContext(resume(definition, runId, options), services),
      replay: (runId: string) => Effect.provideContext(replay(definition, runId), services),
      answer: (runId: string, stage: string, value: unknown) =>
        Effect.provideContext(answer(definition, runId, stage, value), services)
    }
  )
}

/** For the forms with promises, whose types ask that all services were provided. */
const withoutServices = <A>(effect: Effect.Effect<A, unknown, unknown>) => effect as Effect.Effect<A, unknown>

const settled = async <A>(
  runId: string,
  effect: Effect.Effect<A, unknown, unknown>,
  signal?: AbortSignal
): Promise<A> => {
  const exit = await Effect.runPromiseExit(withoutServices(effect), signal === undefined ? {} : { signal })
  return successOf(runId, exit)
}

const successOf = <A>(runId: string, exit: Exit.Exit<A, unknown>): A => {
  if (Exit.isSuccess(exit)) return exit.value
  throw Cause.hasInterruptsOnly(exit.cause)
    ? new PipelineError({ runId, stage: null, reason: new RunCancelled() })
    : Cause.squash(exit.cause)
}
