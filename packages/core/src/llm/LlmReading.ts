import * as z from "zod"
import { ExtractedTimeblock, Extraction } from "../extraction/Extraction.ts"
import { LlmSpent } from "./LlmSpent.ts"
import { LlmTimeblock } from "./LlmTimetable.ts"

/**
 * Why a block of an answer was not accepted: its name is not printed; its times are printed nowhere; name and times are
 * printed, but not where the day and time would be; it names neither day nor time; or it says again what an accepted
 * block says.
 */
export const rejectionReasons = [
  "name_not_printed",
  "time_not_printed",
  "out_of_place",
  "without_place",
  "duplicate"
] as const

/** A block of an answer that the page does not bear out. */
export const RejectedTimeblock = z.object({
  page: z.int().min(1),
  block: LlmTimeblock,
  reason: z.enum(rejectionReasons)
})
export type RejectedTimeblock = z.output<typeof RejectedTimeblock>

/** What a model made of a document, as far as the pages bear it out; an interpretation like the offline one. */
export const LlmReading = Extraction.pick({
  metadata: true,
  timeblocks: true,
  markers: true,
  confidence: true,
  warnings: true
}).extend({
  /** Who answered: `"anthropic:claude-haiku-4-5"`. */
  engine: z.string(),
  /** The prompt that was used, e.g. `"timetable-1"`, and the hash of all that it consists of. */
  prompt: z.object({ version: z.string(), hash: z.string() }),
  /** What the model said and the pages do not bear out. */
  rejected: z.array(RejectedTimeblock),
  /** What the offline reading has and the model left out. */
  dropped: z.array(ExtractedTimeblock),
  /** Over all calls, repairs included; cached answers cost nothing. */
  spent: LlmSpent,
  /** How many answers were asked for, repairs included, and how many of them a cache gave. */
  calls: z.int().min(0),
  cachedCalls: z.int().min(0)
})
export type LlmReading = z.output<typeof LlmReading>
