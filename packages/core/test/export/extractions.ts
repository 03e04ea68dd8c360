import * as fc from "fast-check"
import { type ExtractedMarker, type ExtractedTimeblock, type Extraction, weekdays } from "../../src/index.ts"

/** A block on Monday at nine, with what a test changes. */
export const block = (changed: Partial<ExtractedTimeblock> = {}): ExtractedTimeblock => ({
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

/** An extraction that holds these blocks and markers. */
export const extractionOf = (
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

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"))

const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

/** Blocks with any text that a page may hold. */
export const anyBlock: fc.Arbitrary<ExtractedTimeblock> = fc
  .record({
    dayOfWeek: nullable(fc.constantFrom(...weekdays)),
    startTime: nullable(clock),
    endTime: nullable(clock),
    name: fc.string({ unit: "binary" }),
    notes: nullable(fc.string({ unit: "grapheme" })),
    week: nullable(fc.constantFrom("A", "B")),
    className: nullable(fc.constantFrom("4M", "5 Oak")),
    confidence: fc.integer({ min: 0, max: 100 })
  })
  .map(block)
