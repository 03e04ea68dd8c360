import { Effect } from "effect"
import { type AlignedPair, alignBlocks } from "./alignBlocks.ts"
import { costOf, needsOf, versionOf } from "./composite.ts"
import { makeStage } from "./defineStage.ts"
import type { InnerPaths, Intersected } from "./firstThat.ts"
import type { PipelineError } from "./PipelineError.ts"
import type { ErrorOf, GivesOf, NeedsOf, ServicesOf } from "./PipelineTypes.ts"
import type { AnyStage, Stage } from "./Stage.ts"

/** What {@link consensus} takes besides its readings. */
export interface ConsensusOptions<Of extends string, Block> {
  /** The artifact of both readings that holds the blocks, an array. */
  readonly of: Of
  /** How much two blocks have in common, 0 to 1; below 0.5 they are not of the same thing. */
  readonly similarity: (one: Block, other: Block) => number
  /** What becomes of a pair, its confidence included; null leaves it out. */
  readonly merge: (pair: AlignedPair<Block>) => Block | null
  /** Changes when `similarity` or `merge` does. Default `1`. */
  readonly version?: string
}

/** The blocks of an artifact that holds an array. */
type BlockOf<Gives, Of> = Of extends keyof Gives
  ? Gives[Of] extends ReadonlyArray<infer Block>
    ? Block
    : never
  : never

/** Two readings in one stage. */
export type Consensus<Name extends string, Reading> = Stage<
  Name,
  Intersected<NeedsOf<Reading>>,
  GivesOf<Reading>,
  ErrorOf<Reading> | PipelineError,
  ServicesOf<Reading>,
  InnerPaths<Name, Reading>
>

/**
 * Reads twice, at once, and keeps one reading: blocks are aligned, and `merge` makes one of each pair, with a confidence
 * that knows whether the two agree. Whatever else the readings give is taken from the first. When one of them fails,
 * the stage fails.
 *
 * @example
 * consensus("read", [tesseract, paddle], { of: "timeblocks", ...timeblockAgreement })
 */
export const consensus = <
  const Name extends string,
  First extends AnyStage,
  Second extends AnyStage,
  Of extends keyof GivesOf<First> & keyof GivesOf<Second> & string
>(
  name: Name,
  readings: readonly [First, Second],
  options: ConsensusOptions<Of, BlockOf<GivesOf<First>, Of>>
): Consensus<Name, First | Second> => {
  const { merge, of, similarity, version = "1" } = options
  const [first, second] = readings
  type Block = BlockOf<GivesOf<First>, Of>
  const made = makeStage(
    {
      name,
      version: versionOf(`${version} ${of}`, readings),
      needs: needsOf(readings),
      gives: first.gives,
      cost: costOf(readings)
    },
    Effect.fnUntraced(function* (_, { runInner }) {
      const [one, other] = yield* Effect.all([runInner(first), runInner(second)], { concurrency: 2 })
      // The type of `Of` holds that both give arrays of blocks under this name.
      const pairs = alignBlocks(one[of] as ReadonlyArray<Block>, other[of] as ReadonlyArray<Block>, similarity)
      return { ...one, [of]: pairs.map(merge).filter((block) => block !== null) }
    }),
    "consensus"
  )
  // What both readings need and give is for the type to say: the code only hands it on.
  return { ...made, inner: readings } as AnyStage as Consensus<Name, First | Second>
}
