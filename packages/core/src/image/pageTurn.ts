import { Effect } from "effect"
import type { BoundingBox, Rotation } from "../document/Page.ts"
import { overlap } from "../table/geometry.ts"
import type { WritingLine } from "./writing.ts"

/** Fewer letters than this do not tell how a page lies. */
const enoughLetters = 24
/** A page lies on its side when so many of its letters follow each other downwards; some columns always do. */
const lyingShare = 0.65

/**
 * Whether a page lies on its side: letters stand closer to the next letter of their line than to the next line, so
 * most nearest neighbours tell the direction of the writing.
 */
export const liesOnSide = (letters: ReadonlyArray<BoundingBox>, textHeight: number): boolean => {
  const sorted = letters.toSorted((a, b) => a.x - b.x)
  let [beside, below] = [0, 0]
  sorted.forEach((a, i) => {
    let [across, down] = [Infinity, Infinity]
    for (let k = i - 1; k >= 0 && sorted[k]!.x > a.x - 4 * textHeight; k--) visit(sorted[k]!)
    for (let k = i + 1; k < sorted.length && sorted[k]!.x < a.x + a.width + textHeight; k++) visit(sorted[k]!)
    if (Math.min(across, down) > textHeight || across === down) return
    if (across < down) beside++
    else below++

    function visit(b: BoundingBox): void {
      const sharedX = overlap(a.x, a.x + a.width, b.x, b.x + b.width)
      const sharedY = overlap(a.y, a.y + a.height, b.y, b.y + b.height)
      if (sharedY > 0.35 * Math.min(a.height, b.height)) across = Math.min(across, Math.max(0, -sharedX))
      if (sharedX > 0.35 * Math.min(a.width, b.width)) down = Math.min(down, Math.max(0, -sharedY))
    }
  })
  return beside + below >= enoughLetters && below > lyingShare * (beside + below)
}

/** So many of the longest lines are read to learn which way up the page is. */
const sampledLines = 4
const leastLetters = 4
/** Letters are at least so high beside their line; specks of noise in a row are not. */
const letterShare = 0.4
/** Upright writing is read about this surely; only where it is not, the page is tried upside down. */
const sureEnough = 0.65
/** Noise read upside down is at times as sure as noise read upright; writing is surer by more than this. */
const clearlyBetter = 0.15

/** How a page of level lines lies. */
export interface LevelTurn {
  readonly turn: 0 | 180
  /** How surely its longest lines were read that way round, 0 to 1; -1 where there are none. */
  readonly sureness: number
  /** How many lines were read for it. */
  readonly sampled: number
}

/** By how much a page of level lines has to be turned so that its writing is the right way up: not at all, or half. */
export const turnOfLevelPage = Effect.fnUntraced(function* <E>(
  lines: ReadonlyArray<WritingLine>,
  surenessOf: (line: WritingLine, rotation: Rotation) => Effect.Effect<number, E>
): Effect.fn.Return<LevelTurn, E> {
  const sample = lines
    .flatMap((line) => (line.direction === "level" ? [{ line, letters: lettersOf(line) }] : []))
    .filter(({ letters }) => letters >= leastLetters)
    .toSorted((a, b) => b.letters - a.letters)
    .slice(0, sampledLines)
    .map(({ line }) => line)
  const sampled = sample.length
  if (sampled === 0) return { turn: 0, sureness: -1, sampled }
  const meanAt = (rotation: Rotation) =>
    Effect.forEach(sample, (line) => surenessOf(line, rotation), { concurrency: "unbounded" }).pipe(
      Effect.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length)
    )
  const upright = yield* meanAt(0)
  if (upright >= sureEnough) return { turn: 0, sureness: upright, sampled }
  const reversed = yield* meanAt(180)
  return reversed > upright + clearlyBetter
    ? { turn: 180, sureness: reversed, sampled }
    : { turn: 0, sureness: upright, sampled }
})

const lettersOf = ({ box, pieces }: WritingLine): number =>
  pieces.filter(({ height }) => height >= letterShare * box.height).length

/** What lies on its side is at times read as surely as this. */
const sureOfSide = 0.75

/** Whether lines are read so badly that the page may lie on its other side. */
export const mayLieOtherwise = ({ sureness }: LevelTurn): boolean => sureness < sureOfSide

/** Fewer lines may run another way than the page. */
const tellingLines = 2

/** Whether several lines tell clearly that a page lies one way rather than another. */
export const isClearlyBetter = (one: LevelTurn, other: LevelTurn): boolean =>
  one.sampled >= tellingLines && one.sureness > Math.max(0, other.sureness) + clearlyBetter
