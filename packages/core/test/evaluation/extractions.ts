import type { EvidenceWord, ExtractedMarker, ExtractedTimeblock, Extraction, FieldEvidence } from "@timegrid/core"

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
export const timeblock = (parts: Partial<ExtractedTimeblock> = {}): ExtractedTimeblock => ({
  dayOfWeek: "Monday",
  startTime: "09:00",
  endTime: "10:00",
  name: "Maths",
  notes: null,
  subject: null,
  room: null,
  teacher: null,
  color: null,
  period: null,
  periodEnd: null,
  week: null,
  className: null,
  page: 1,
  confidence: 99,
  fieldConfidence: { day: 99, start: 99, end: 99, name: 99 },
  evidence: {
    day: evidence("Monday", "day-header"),
    start: evidence("9:00", "time-header"),
    end: evidence("10:00", "time-header"),
    name: evidence("Maths")
  },
  ...parts
})

/** The result of reading a page with these blocks. */
export const extraction = ({
  markers = [],
  timeblocks
}: {
  readonly timeblocks: ReadonlyArray<Partial<ExtractedTimeblock>>
  readonly markers?: Array<ExtractedMarker>
}): Extraction => ({
  schemaVersion: 1,
  file: "week.pdf",
  documentHash: `sha256:${"0".repeat(64)}`,
  documentType: "application/pdf",
  pages: [{ page: 1, widthPx: 1000, heightPx: 700, rotation: 0, tier: "native" }],
  metadata: { schoolName: null, className: null, teacher: null, term: null, year: null },
  timeblocks: timeblocks.map(timeblock),
  markers,
  confidence: 99,
  tier: "native",
  warnings: [],
  timings: { classification: 0, preprocessing: 0, ocr: 0, interpretation: 0, validation: 0, total: 0 }
})
