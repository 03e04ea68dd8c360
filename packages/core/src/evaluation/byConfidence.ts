/** The parts of a list that share one confidence, the most confident first; nulls are left out. */
export const byConfidence = <T extends { readonly confidence: number | null }>(
  items: ReadonlyArray<T>
): ReadonlyArray<{ readonly confidence: number; readonly items: ReadonlyArray<T> }> =>
  [...Map.groupBy(items, ({ confidence }) => confidence)]
    .flatMap(([confidence, tied]) => (confidence === null ? [] : [{ confidence, items: tied }]))
    .sort((one, other) => other.confidence - one.confidence)
