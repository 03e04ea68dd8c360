import * as z from "zod"
import { Tier } from "../domain/Tier.ts"
import { Cost } from "./Amount.ts"

/** What a stage says of the document that it worked on, beside its artifacts; it ends up in a job's row. */
export const RunNotes = z.object({
  /** The kind of document that its content shows, such as `"pdf"`. */
  classification: z.string().optional(),
  pageCount: z.int().min(0).optional(),
  /** `engine-version`, such as `"tesseract-5.3.0"`. */
  ocrEngine: z.string().optional(),
  /** Where what was read comes from. */
  tier: Tier.optional(),
  /** 0 to 100. */
  confidence: z.number().min(0).max(100).optional()
})
export type RunNotes = z.output<typeof RunNotes>

/** How one stage went when it last ran. */
export const StageRecord = z.object({
  /** Name of the stage; one inside another is `outer/inner`. */
  stage: z.string(),
  version: z.string(),
  /** Whether other stages ran inside it; their time is in its own. */
  composite: z.boolean(),
  attempts: z.int(),
  durationMs: z.number(),
  notes: RunNotes
})
export type StageRecord = z.output<typeof StageRecord>

/** How a run went, from its first start on. The same for the run and for its replay. */
export const RunReport = z.object({
  /** In the order in which they ended. */
  stages: z.array(StageRecord),
  /**
   * What was spent with each provider, in every session and attempt of the run. Dollars of calls whose price nobody gave
   * are not in it.
   */
  spent: z.record(z.string(), Cost),
  /** Milliseconds for which the run was at work; waiting for a person is not counted. */
  totalMs: z.number()
})
export type RunReport = z.output<typeof RunReport>
