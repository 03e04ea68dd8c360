import * as z from "zod"
import { Tier } from "../domain/Tier.ts"
import { ClockTime } from "../domain/values.ts"
import { Weekday } from "../domain/Weekday.ts"

export { Tier, tiers } from "../domain/Tier.ts"
export { Weekday, weekdays } from "../domain/Weekday.ts"

const Percent = z.number().min(0).max(100)
const Box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** A word on the page that a value was read from; boxes are pixels of the upright page image. */
export const EvidenceWord = z.object({
  page: z.int().min(1),
  box: Box,
  boxPoints: Box.optional(),
  text: z.string(),
  source: z.enum(["native", "ocr"]),
  engine: z.string(),
  confidence: Percent
})

/** Why a field has its value: the words, the rule that read them, and whether the value was repaired. */
export const FieldEvidence = z.object({
  words: z.array(EvidenceWord),
  rule: z.string(),
  repaired: z.boolean()
})

/** One lesson, break or other span of time. */
export const ExtractedTimeblock = z.object({
  dayOfWeek: Weekday.nullable(),
  startTime: ClockTime.nullable(),
  endTime: ClockTime.nullable(),
  name: z.string(),
  notes: z.string().nullable(),
  subject: z.string().nullable(),
  room: z.string().nullable(),
  teacher: z.string().nullable(),
  color: z
    .string()
    .regex(/^#[0-9A-F]{6}$/)
    .nullable(),
  period: z.int().nullable(),
  periodEnd: z.int().nullable(),
  week: z.string().nullable(),
  className: z.string().nullable(),
  page: z.int().min(1),
  confidence: Percent,
  fieldConfidence: z.object({ day: Percent, start: Percent, end: Percent, name: Percent }),
  evidence: z.record(z.string(), FieldEvidence)
})

/** A moment such as a bell: it has a time and no end. */
export const ExtractedMarker = z.object({
  dayOfWeek: Weekday.nullable(),
  time: ClockTime,
  name: z.string(),
  page: z.int().min(1),
  confidence: Percent,
  evidence: z.record(z.string(), FieldEvidence)
})

/** Something that a careful reader would be told about the result. */
export const ExtractionWarning = z.object({
  code: z.string(),
  message: z.string(),
  timeblocks: z.array(z.int()).optional()
})

/** Everything read from one document; plain data that survives JSON both ways. */
export const Extraction = z.object({
  schemaVersion: z.literal(1),
  file: z.string(),
  documentHash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  documentType: z.string(),
  pages: z.array(
    z.object({
      page: z.int().min(1),
      widthPx: z.int(),
      heightPx: z.int(),
      rotation: z.literal([0, 90, 180, 270]),
      tier: Tier
    })
  ),
  metadata: z.object({
    schoolName: z.string().nullable(),
    className: z.string().nullable(),
    teacher: z.string().nullable(),
    term: z.string().nullable(),
    year: z.int().nullable()
  }),
  timeblocks: z.array(ExtractedTimeblock),
  markers: z.array(ExtractedMarker),
  confidence: Percent,
  tier: Tier,
  warnings: z.array(ExtractionWarning),
  /** Milliseconds a stage. */
  timings: z.object({
    classification: z.number(),
    preprocessing: z.number(),
    ocr: z.number(),
    interpretation: z.number(),
    validation: z.number(),
    /** Only where a language model was asked. */
    llm: z.number().exactOptional(),
    total: z.number()
  })
})

export type EvidenceWord = z.output<typeof EvidenceWord>
export type FieldEvidence = z.output<typeof FieldEvidence>
export type ExtractedTimeblock = z.output<typeof ExtractedTimeblock>
export type ExtractedMarker = z.output<typeof ExtractedMarker>
export type ExtractionWarning = z.output<typeof ExtractionWarning>
export type Extraction = z.output<typeof Extraction>
