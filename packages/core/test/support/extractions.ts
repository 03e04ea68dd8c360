import type { ExtractedMarker, ExtractedTimeblock, Extraction } from "@timegrid/core"

/** Maths on Monday from nine to ten, with what a test changes. */
export const timeblock = (changed: Partial<ExtractedTimeblock> = {}): ExtractedTimeblock => ({
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
  evidence: {},
  ...changed
})

/** The result of reading one page with these blocks and markers. */
export const extraction = (
  timeblocks: ReadonlyArray<ExtractedTimeblock>,
  markers: ReadonlyArray<ExtractedMarker> = []
): Extraction => ({
  schemaVersion: 1,
  file: "week.pdf",
  documentHash: `sha256:${"0123456789abcdef".repeat(4)}`,
  documentType: "application/pdf",
  pages: [{ page: 1, widthPx: 1000, heightPx: 700, rotation: 0, tier: "native" }],
  metadata: { schoolName: null, className: "4M", teacher: null, term: null, year: null },
  timeblocks: [...timeblocks],
  markers: [...markers],
  confidence: 99,
  tier: "native",
  warnings: [],
  timings: { classification: 1, preprocessing: 1, ocr: 0, interpretation: 1, validation: 1, total: 4 }
})
