import { Effect } from "effect"
import type * as z from "zod"
import type { ArtifactsOf, Schemas } from "./Artifact.ts"
import { PipelineError, StageThrew } from "./PipelineError.ts"
import type { EffectStageContext, EngineContext, PromiseStageContext, Stage, StageKind, StageOptions } from "./Stage.ts"

/** A stage with the defaults of its options. Throws a TypeError for a name with "/", which parts the names in a path. */
export const makeStage = <Name extends string, Needs extends Schemas, Gives extends Schemas, E, R>(
  options: StageOptions<Name, Needs, Gives>,
  run: (needs: ArtifactsOf<Needs>, context: EngineContext) => Effect.Effect<ArtifactsOf<Gives>, E, R>,
  kind: StageKind = "task"
): Stage<Name, ArtifactsOf<Needs>, ArtifactsOf<Gives>, E, R> => {
  if (options.name.includes("/")) throw new TypeError(`a stage cannot be called "${options.name}"`)
  return {
    name: options.name,
    version: options.version,
    kind,
    needs: options.needs,
    gives: options.gives,
    cost: options.cost ?? "free",
    jobStage: options.jobStage ?? null,
    tier: options.tier ?? null,
    timeout: options.timeout ?? null,
    retry: options.retry ?? {},
    isTrusted: options.isTrusted ?? false,
    inner: [],
    notes: options.notes ?? null,
    run
  }
}

const fromPromises = <const Name extends string, Needs extends Schemas, Gives extends Schemas>(
  options: StageOptions<Name, Needs, Gives> & {
    readonly run: (
      needs: ArtifactsOf<Needs>,
      context: PromiseStageContext
    ) => ArtifactsOf<Gives> | PromiseLike<ArtifactsOf<Gives>>
  }
): Stage<
  Name,
  { readonly [Key in keyof Needs]: z.output<Needs[Key]> },
  { readonly [Key in keyof Gives]: z.output<Gives[Key]> },
  PipelineError
> =>
  makeStage(options, (needs, context) =>
    Effect.tryPromise({
      try: async (signal) => options.run(needs, promiseContext(context, signal)),
      // Of the engine's own errors the stage is only the messenger.
      catch: (cause) =>
        cause instanceof PipelineError
          ? cause
          : new PipelineError({ runId: context.runId, stage: options.name, reason: new StageThrew({ cause }) })
    })
  )

const promiseContext = (context: EngineContext, signal: AbortSignal): PromiseStageContext => ({
  runId: context.runId,
  attempt: context.attempt,
  progress: context.progress,
  cached: context.cached,
  signal,
  call: (options, work) =>
    context.runPromise(
      context.call(options, (charge) =>
        Effect.tryPromise({
          try: async (callSignal) => work({ signal: callSignal, charge }),
          catch: (cause) => cause
        })
      ),
      signal
    )
})

const fromEffects = <const Name extends string, Needs extends Schemas, Gives extends Schemas, E = never, R = never>(
  options: StageOptions<Name, Needs, Gives> & {
    readonly run: (needs: ArtifactsOf<Needs>, context: EffectStageContext) => Effect.Effect<ArtifactsOf<Gives>, E, R>
  }
): Stage<
  Name,
  { readonly [Key in keyof Needs]: z.output<Needs[Key]> },
  { readonly [Key in keyof Gives]: z.output<Gives[Key]> },
  E,
  R
> => makeStage(options, options.run)

/**
 * Declares a stage. `stage` takes a `run` that returns its artifacts or a promise of them: what it throws fails the run
 * as `PipelineError` with `StageThrew`. `stage.effect` takes a `run` that returns an Effect, whose errors and services
 * become those of the pipeline.
 *
 * @example
 * const count = stage({
 *   name: "count",
 *   version: "1",
 *   needs: { text: z.string() },
 *   gives: { words: z.int() },
 *   run: ({ text }) => ({ words: text.split(" ").length })
 * })
 */
export const stage: typeof fromPromises & { readonly effect: typeof fromEffects } = Object.assign(fromPromises, {
  effect: fromEffects
})
