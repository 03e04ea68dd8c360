import type { EvidenceWord, ExtractedMarker, ExtractedTimeblock, Extraction, FieldEvidence } from "@timegrid/core"
import { timeblock as block, extraction as read } from "../support/extractions.ts"

/** Evidence of words that stand side by side. */
export const evidence = (words: string, rule = "cell-text", repaired = false): FieldEvidence => ({
  words: words
    .split(" ")
    .filter((text) => text !== "")
    .map(
      (text, index): EvidenceWord => ({
        page: 1,
        box: { x: 100 * index, y: 0, width: 90, height: 20 },
        text,
        source: "native",
        engine: "pdf",
        confidence: 100
      })
    ),
  rule,
  repaired
})

/** Maths on Monday from nine to ten, with its evidence. */
export const timeblock = (changed: Partial<ExtractedTimeblock> = {}): ExtractedTimeblock =>
  block({
    evidence: {
      day: evidence("Monday", "day-header"),
      start: evidence("9:00", "time-header"),
      end: evidence("10:00", "time-header"),
      name: evidence("Maths")
    },
    ...changed
  })

/** The result of reading a page with these blocks, each with its evidence. */
export const extraction = ({
  markers = [],
  timeblocks
}: {
  readonly timeblocks: ReadonlyArray<Partial<ExtractedTimeblock>>
  readonly markers?: ReadonlyArray<ExtractedMarker>
}): Extraction => read(timeblocks.map(timeblock), markers)
