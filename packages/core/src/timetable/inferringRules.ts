/** The rules that take a value from what stands around, whose words may be those of the neighbours or none. */
export const inferringRules: ReadonlySet<string> = new Set([
  "between-neighbours",
  "day-after-heading",
  "day-between-days",
  "day-sequence",
  "neighbour-end",
  "neighbour-start",
  "next-start",
  "time-among-times",
  "time-scale"
])
