import type { Draft } from "./draft.ts"
import type { Sourced } from "./sourced.ts"

/** Lists that one heading cannot rule together, and the first day of the next heading, where there is one. */
interface UnderOneHeading {
  readonly lists: ReadonlyArray<ReadonlyArray<Draft>>
  readonly next: number | null
}

const friday = 4

/**
 * Names the days of lists whose headings were not read: under one heading of a day the clock starts anew, so the lists
 * from there on are those of the days that follow, as far as the next heading leaves room. Where it leaves none they
 * have no day.
 */
export const daysOfUnread = ({ lists, next }: UnderOneHeading): ReadonlyArray<Draft> =>
  lists.flatMap((list, i) => {
    if (i === 0) return list
    const first = lists[0]![0]!.day
    const value = first === null ? null : first.value + i
    const fits = value !== null && value <= friday && (next === null || value < next)
    const day: Sourced<number> | null = fits
      ? { value, words: first!.words, rule: "day-after-heading", repaired: true, certainty: 0.8 }
      : null
    return list.map((draft) => ({ ...draft, day }))
  })

/** Lessons of one day that begin so much before the one above them, in minutes, stand under another day. */
const stepBack = 90

/** Cuts lessons in the order of the page where the clock starts anew. */
export const cutWhereClockStartsAnew = (drafts: ReadonlyArray<Draft>): ReadonlyArray<ReadonlyArray<Draft>> => {
  const lists: Array<Array<Draft>> = []
  let [first, before] = [-Infinity, -Infinity]
  for (const draft of drafts) {
    const start = draft.start?.value ?? null
    const anew = start !== null && start < before - stepBack && start < first + stepBack
    if (anew || lists.length === 0) {
      lists.push([draft])
      first = start ?? -Infinity
    } else {
      lists.at(-1)!.push(draft)
    }
    if (start !== null) before = start
  }
  return lists
}
