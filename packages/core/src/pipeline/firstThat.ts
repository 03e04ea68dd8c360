import { Cause, Effect, Exit } from "effect"
import { costOf, needsOf, versionOf } from "./composite.ts"
import { makeStage } from "./defineStage.ts"
import { type ErrorClass, errorClassOf, passingClasses } from "./errorClass.ts"
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

type Values = Readonly<Record<string, unknown>>

interface Result {
  readonly gives: Values
  readonly score: number
}

/** What rungs need from outside their ladder: not what it gives, since of that they get the best so far. */
type OuterNeeds<Rung> = Omit<Intersected<NeedsOf<Rung>>, keyof GivesOf<Rung>>

/** A ladder of stages that give the same artifacts. */
export type Ladder<Name extends string, Rung> = Stage<
  Name,
  OuterNeeds<Rung>,
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
 * A rung that needs what the ladder gives is handed the best result so far, to improve on it; before there is any it is
 * passed over. Throws a TypeError where the first rung does so.
 *
 * @example
 * firstThat("read", [tesseract, cloudOcr, llm], { score: ({ extraction }) => extraction.confidence, atLeast: 98 })
 */
export const firstThat = <const Name extends string, const Rungs extends readonly [AnyStage, ...Array<AnyStage>]>(
  name: Name,
  rungs: Rungs,
  options: FirstThatOptions<GivesOf<Rungs[number]>>
): Ladder<Name, Rungs[number]> => {
  const { atLeast, passes = passingClasses, version = "1" } = options
  // A rung gives what its type says; the engine has checked it against its schemas.
  const score = options.score as (gives: unknown) => number
  const gives = Object.keys(rungs[0].gives)
  const buildsOnBest = (rung: AnyStage) => gives.some((artifact) => artifact in rung.needs)
  if (buildsOnBest(rungs[0])) throw new TypeError(`"${rungs[0].name}" is the first rung: it has nothing to improve on`)
  const made = makeStage(
    {
      name,
      version: versionOf(`${version} ${atLeast}`, rungs),
      needs: needsOf(rungs),
      gives: rungs[0].gives,
      cost: costOf(rungs),
      isTrusted: true
    },
    Effect.fnUntraced(function* (_, { runInner }): Effect.fn.Return<Values, unknown, unknown> {
      // Without the cast the compiler takes it for null in the whole loop.
      let best = null as Result | null
      let failure: Cause.Cause<unknown> = Cause.empty
      for (const rung of rungs) {
        if (best === null && buildsOnBest(rung)) continue
        const exit = yield* Effect.exit(runInner(rung, best?.gives))
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
