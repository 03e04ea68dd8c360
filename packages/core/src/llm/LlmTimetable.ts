import * as z from "zod"
import { ExtractedTimeblock, Extraction } from "../extraction/Extraction.ts"

/** No page prints so many blocks; an answer with more is nonsense. */
const mostBlocks = 1_000

/** What a model is asked for: the fields of a timeblock that a page prints. */
export const LlmTimeblock = ExtractedTimeblock.pick({
  dayOfWeek: true,
  startTime: true,
  endTime: true,
  name: true,
  notes: true,
  subject: true,
  room: true,
  teacher: true,
  week: true,
  className: true
})
export type LlmTimeblock = z.output<typeof LlmTimeblock>

/** A model's answer about one page, before any of it is believed. */
export const LlmTimetable = z.object({
  metadata: Extraction.shape.metadata,
  timeblocks: z.array(LlmTimeblock).max(mostBlocks)
})
export type LlmTimetable = z.output<typeof LlmTimetable>
