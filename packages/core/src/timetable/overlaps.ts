import type { ExtractedTimeblock, ExtractionWarning } from "../extraction/Extraction.ts"

/** More conflicts than this say that the page is no plain week; a reader needs no more of them. */
const mostWarnings = 100

/** Blocks of one class and week that claim the same minutes of a day: kept as printed, and reported. */
export const overlapsIn = (blocks: ReadonlyArray<ExtractedTimeblock>): Array<ExtractionWarning> => {
  const timed = blocks.flatMap(({ startTime, endTime, dayOfWeek, className, week, name }, index) =>
    startTime === null || endTime === null
      ? []
      : [
          {
            index,
            start: startTime,
            end: endTime,
            day: dayOfWeek,
            name,
            key: JSON.stringify([dayOfWeek, className, week])
          }
        ]
  )
  const warnings: Array<ExtractionWarning> = []
  for (const day of Map.groupBy(timed, ({ key }) => key).values()) {
    const ordered = day.toSorted((a, b) => a.start.localeCompare(b.start) || a.index - b.index)
    for (const [i, block] of ordered.entries()) {
      for (let k = i + 1; k < ordered.length && ordered[k]!.start < block.end; k++) {
        if (warnings.length === mostWarnings) return warnings
        const other = ordered[k]!
        warnings.push({
          code: "overlap",
          message: `“${block.name}” and “${other.name}” overlap on ${block.day ?? "a day without a name"}.`,
          timeblocks: [block.index, other.index].toSorted((a, b) => a - b)
        })
      }
    }
  }
  return warnings
}
