import { Cause, Effect, Exit } from "effect"
import { costOf, needsOf, versionOf } from "./composite.ts"
import { makeStage } from "./defineStage.ts"
import { type ErrorClass, errorClassOf } from "./errorClass.ts"
import type { PipelineError } from "./PipelineError.ts"
import type { ErrorOf, GivesOf, InnerOf, NameOf, NeedsOf, ServicesOf } from "./PipelineTypes.ts"
import type { AnyStage, Stage } from "./Stage.ts"

/** Turns a union of types into their intersection. */
export type Intersected<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All
) => void
  ? All
  : never

/** Paths of stages inside a stage. */
export type InnerPaths<Name extends string, S> = `${Name}/${NameOf<S>}` | `${Name}/${InnerOf<S> & string}`

/** What {@link firstThat} takes besides its rungs. */
export interface FirstThatOptions<Gives> {
  /** How good a result is; compared only with other results of the same ladder. */
  readonly score: (gives: Gives) => number
  /** The score that ends the climb. */
  readonly atLeast: number
  /** Changes when `score` does. Default `1`. */
  readonly version?: string
  /**
   * The classes of failure after which the next rung is tried. Default: all but invalid input, cancellation and defects.
   */
  readonly passes?: ReadonlyArray<ErrorClass>
}

const defaultPasses: ReadonlyArray<ErrorClass> = ["transient", "rate_limited", "refused", "budget"]

/** A ladder of stages that give the same artifacts. */
export type Ladder<Name extends string, Rung> = Stage<
  Name,
  Intersected<NeedsOf<Rung>>,
  GivesOf<Rung>,
  ErrorOf<Rung> | PipelineError,
  ServicesOf<Rung>,
  InnerPaths<Name, Rung>
>

/**
 * A ladder: runs its rungs in turn, cheapest first, and stops at the first result that scores `atLeast` enough. When
 * none does, the best result counts, the earlier of equals; a rung that fails for a reason that `passes` is
 * passed over, and only when none gave a result does the ladder fail, as its last rung did.
 *
 * @example
 * firstThat("read", [tesseract, cloudOcr, llm], { score: ({ extraction }) => extraction.confidence, atLeast: 98 })
 */
export const firstThat = <const Name extends string, const Rungs extends readonly [AnyStage, ...Array<AnyStage>]>(
  name: Name,
  rungs: Rungs,
  options: FirstThatOptions<GivesOf<Rungs[number]>>
): Ladder<Name, Rungs[number]> => {
  const { atLeast, passes = defaultPasses, version = "1" } = options
  // A rung gives what its type says; the engine has checked it against its schemas.
  const score = options.score as (gives: unknown) => number
  const made = makeStage(
    {
      name,
      version: versionOf(`${version} ${atLeast}`, rungs),
      needs: needsOf(rungs),
      gives: rungs[0].gives,
      cost: costOf(rungs)
    },
    Effect.fnUntraced(function* (_, { runInner }) {
      let best: { readonly gives: Readonly<Record<string, unknown>>; readonly score: number } | null = null
      let failure: Cause.Cause<unknown> = Cause.empty
      for (const rung of rungs) {
        const exit = yield* Effect.exit(runInner(rung))
        if (Exit.isSuccess(exit)) {
          const reached = score(exit.value)
          if (best === null || reached > best.score) best = { gives: exit.value, score: reached }
          if (reached >= atLeast) break
        } else {
          failure = exit.cause
          const error = Cause.findErrorOption(failure)
          if (error._tag === "None" || !passes.includes(errorClassOf(error.value)))
            return yield* Effect.failCause(failure)
        }
      }
      return best === null ? yield* Effect.failCause(failure) : best.gives
    }),
    "ladder"
  )
  // What rungs have in common is for the type to say: the code only hands on what they need and give.
  return { ...made, inner: rungs } as AnyStage as Ladder<Name, Rungs[number]>
}
