import type { WritingLine } from "./writing.ts"

/**
 * Lines that are read of a page, at most. A week of 7 days and 16 lessons of 4 lines each has some 450; what has more
 * than three times as many is noise or no timetable, and reading it all would take many minutes.
 */
export const mostLines = 1500

/** The lines of a page that are worth reading, in their regions, and how many are left out. */
export interface ReadableLines {
  readonly regions: ReadonlyArray<ReadonlyArray<WritingLine>>
  readonly unread: number
}

/** Keeps a page within the limit: of too many lines those stay that have most pieces, as specks have but one. */
export const readableLines = (
  regions: ReadonlyArray<ReadonlyArray<WritingLine>>,
  limit: number = mostLines
): ReadableLines => {
  const lines = regions.flat()
  if (lines.length <= limit) return { regions, unread: 0 }
  const kept = new Set(lines.toSorted((a, b) => b.pieces.length - a.pieces.length).slice(0, limit))
  return {
    regions: regions.map((region) => region.filter((line) => kept.has(line))),
    unread: lines.length - limit
  }
}
