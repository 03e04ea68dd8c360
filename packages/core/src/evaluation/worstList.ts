/** The few worst of many items, kept while they pass by. */
export interface WorstList<T> {
  readonly add: (item: T, badness: number) => void
  /** The worst first; of equally bad ones the first to come. */
  readonly items: () => ReadonlyArray<T>
}

/** Keeps at most `limit` items. */
export const makeWorstList = <T>(limit: number): WorstList<T> => {
  let kept: ReadonlyArray<{ readonly item: T; readonly badness: number }> = []
  return {
    add: (item, badness) => {
      if (kept.length === limit && badness <= kept.at(-1)!.badness) return
      const place = kept.findIndex((other) => other.badness < badness)
      kept = kept.toSpliced(place < 0 ? kept.length : place, 0, { item, badness }).slice(0, limit)
    },
    items: () => kept.map(({ item }) => item)
  }
}
