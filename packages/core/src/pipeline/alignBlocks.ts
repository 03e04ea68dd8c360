import { cheapestAssignment } from "../evaluation/assignment.ts"

/** Blocks of two readings that are of the same thing, or a block that only one of them has. */
export type AlignedPair<Block> =
  | { readonly first: Block; readonly second: Block }
  | { readonly first: Block; readonly second: null }
  | { readonly first: null; readonly second: Block }

/** Blocks that have less in common than this are not of the same thing. */
const leastSimilarity = 0.5

/**
 * Pairs the blocks of two readings so that the similarities of all pairs add up to the most. Pairs come in the order of
 * `first`; what only `second` has comes after, in its own order.
 *
 * @param similarity 0 for nothing in common to 1 for equal.
 */
export const alignBlocks = <Block>(
  first: ReadonlyArray<Block>,
  second: ReadonlyArray<Block>,
  similarity: (one: Block, other: Block) => number
): ReadonlyArray<AlignedPair<Block>> => {
  const size = Math.max(first.length, second.length)
  // Costs in place of similarities; a pair that does not count costs as much as none.
  const costs = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      const one = first[row]
      const other = second[column]
      const alike = one === undefined || other === undefined ? 0 : similarity(one, other)
      return alike < leastSimilarity ? 1 : 1 - alike
    })
  )
  const columns = cheapestAssignment(costs)
  const paired = new Set<number>()
  const pairs: Array<AlignedPair<Block>> = first.map((one, row) => {
    const column = columns[row]!
    if (costs[row]![column]! >= 1) return { first: one, second: null }
    paired.add(column)
    return { first: one, second: second[column]! }
  })
  for (const [column, other] of second.entries()) if (!paired.has(column)) pairs.push({ first: null, second: other })
  return pairs
}
