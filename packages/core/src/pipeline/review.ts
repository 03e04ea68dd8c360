import { Effect } from "effect"
import type * as z from "zod"
import { makeStage } from "./defineStage.ts"
import type { Journal } from "./Journal.ts"
import type { PipelineError } from "./PipelineError.ts"
import type { AnswerOf } from "./PipelineTypes.ts"
import type { AnyStage, Stage } from "./Stage.ts"

/** What {@link review} takes. */
export interface ReviewOptions<Name extends string, Of extends string, Gives extends string, Schema extends z.ZodType> {
  /** Default `review`. */
  readonly name?: Name
  /** Changes when `when` does. Default `1`. */
  readonly version?: string
  /** The artifact that a person looks at. */
  readonly of: Of
  /** The artifact that leaves the review: what the person answered, or `of` as it is where nobody needs to look. */
  readonly gives: Gives
  /** Of both. */
  readonly schema: Schema
  /** Whether a person must look. */
  readonly when: (value: z.output<Schema>) => boolean
}

/** A stage that may wait for a person. */
export type Review<Name extends string, Of extends string, Gives extends string, Value> = Stage<
  Name,
  { readonly [Key in Of]: Value },
  { readonly [Key in Gives]: Value },
  PipelineError,
  Journal
> &
  AnswerOf<Value>

/**
 * A stage that waits for a person when `when` says so. The wait is a row in the journal, not a process: the run comes to
 * rest as `waiting`, `answer` puts the answer down at any time before or after, and `resume` goes on from there.
 */
export const review = <
  Of extends string,
  Gives extends string,
  Schema extends z.ZodType,
  const Name extends string = "review"
>({
  gives,
  name,
  of,
  schema,
  version = "1",
  when
}: ReviewOptions<Name, Of, Gives, Schema>): Review<Name, Of, Gives, z.output<Schema>> => {
  const made = makeStage(
    {
      name: name ?? "review",
      version,
      needs: { [of]: schema },
      gives: { [gives]: schema },
      jobStage: "review"
    },
    (needs, { answer }) => {
      const value = needs[of]!
      // An answer is read through the schema of what the stage gives.
      const reviewed = when(value) ? (answer as Effect.Effect<typeof value, PipelineError>) : Effect.succeed(value)
      return Effect.map(reviewed, (each) => ({ [gives]: each }))
    },
    "review"
  )
  // The compiler does not follow computed keys; that only a journal lets it wait is for the type to say.
  return made as AnyStage as Review<Name, Of, Gives, z.output<Schema>>
}
