/** Results to make rows of. */
import type { ExtractedMarker, ExtractedTimeblock, Extraction } from "@timegrid/core"
import { type Tier, tiers, weekdays } from "@timegrid/core"
import type { UploadContext } from "@timegrid/core/repository"
import * as fc from "fast-check"

export const block = (given: Partial<ExtractedTimeblock> = {}): ExtractedTimeblock => ({
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
  confidence: 99.1,
  fieldConfidence: { day: 99, start: 99, end: 99, name: 99 },
  evidence: {},
  ...given
})

export const marker = (given: Partial<ExtractedMarker> = {}): ExtractedMarker => ({
  dayOfWeek: "Monday",
  time: "08:55",
  name: "Bell",
  page: 1,
  confidence: 98,
  evidence: {},
  ...given
})

export const extraction = (given: Partial<Extraction> = {}): Extraction => ({
  schemaVersion: 1,
  file: "week.pdf",
  documentHash: `sha256:${"0".repeat(64)}`,
  documentType: "application/pdf",
  pages: [{ page: 1, widthPx: 2480, heightPx: 1754, rotation: 0, tier: "native" }],
  metadata: { schoolName: null, className: null, teacher: null, term: null, year: null },
  timeblocks: [block()],
  markers: [],
  confidence: 97.25,
  tier: "native",
  warnings: [],
  timings: { classification: 0.6, preprocessing: 0, ocr: 0, interpretation: 9, validation: 1, total: 11.4 },
  ...given
})

export const upload = (given: Partial<UploadContext> = {}): UploadContext => ({
  userId: "00000000-0000-4000-8000-000000000001",
  documentId: "00000000-0000-4000-8000-000000000002",
  jobId: "00000000-0000-4000-8000-000000000003",
  fileName: "C:\\scans\\Week plan.v2.pdf",
  uploadedAt: new Date("2030-12-31T23:30:00Z"),
  ...given
})

/** Any text that a page may carry, also such as no database takes. */
const pageText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("a\0b", "\ud800", "x\udc00y", "😀".repeat(300))
)
const nullable = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null })
const percent = fc.double({ min: 0, max: 100, noNaN: true })
const clock = fc
  .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"))
const weekday = nullable(fc.constantFrom(...weekdays))
const className = fc.constantFrom(null, "5B", "7 Red")
const page = fc.integer({ min: 1, max: 3 })

const anyBlock = fc
  .record({
    dayOfWeek: weekday,
    startTime: nullable(clock),
    endTime: nullable(clock),
    name: pageText,
    notes: nullable(pageText),
    subject: nullable(pageText),
    room: nullable(pageText),
    teacher: nullable(pageText),
    color: nullable(fc.stringMatching(/^#[0-9A-F]{6}$/)),
    period: nullable(fc.maxSafeInteger()),
    week: nullable(pageText),
    className,
    page,
    confidence: percent
  })
  .map(block)

const anyMarker = fc.record({ dayOfWeek: weekday, time: clock, name: pageText, page, confidence: percent }).map(marker)

/** Any result. */
export const anyExtraction: fc.Arbitrary<Extraction> = fc
  .record({
    metadata: fc.record({
      schoolName: nullable(pageText),
      className,
      teacher: nullable(pageText),
      term: nullable(pageText),
      year: nullable(fc.maxSafeInteger())
    }),
    timeblocks: fc.array(anyBlock, { maxLength: 8 }),
    markers: fc.array(anyMarker, { maxLength: 3 }),
    confidence: percent,
    tier: fc.constantFrom<Tier>(...tiers)
  })
  .map(extraction)
