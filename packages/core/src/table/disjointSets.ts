/** Sets of the integers below `size`, each alone at first; `join` merges two, `find` names the set of one. */
export interface DisjointSets {
  readonly find: (item: number) => number
  readonly join: (a: number, b: number) => void
}

/** Union-find with path halving; the smaller number names a set, so that results do not depend on the order of joins. */
export const makeDisjointSets = (size: number): DisjointSets => {
  const parent = new Int32Array(size)
  for (let i = 0; i < size; i++) parent[i] = i
  const find = (item: number): number => {
    let at = item
    while (parent[at]! !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  const join = (a: number, b: number): void => {
    const [x, y] = [find(a), find(b)]
    parent[Math.max(x, y)] = Math.min(x, y)
  }
  return { find, join }
}
