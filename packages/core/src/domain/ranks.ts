/** The place of each value in its list, from 0, so that values sort by meaning and not by their letters. */
export const ranks = <const Value extends string>(values: ReadonlyArray<Value>): Readonly<Record<Value, number>> =>
  // Object.fromEntries forgets its keys; every value of the list is one.
  Object.fromEntries(values.map((value, rank) => [value, rank])) as Record<Value, number>
