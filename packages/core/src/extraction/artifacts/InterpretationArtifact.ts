import type * as z from "zod"
import type { Interpretation } from "../../timetable/interpretPages.ts"
import { Extraction } from "../Extraction.ts"

/** What the reading engine makes of a document's pages. */
export const InterpretationArtifact: z.ZodType<Interpretation> = Extraction.pick({
  metadata: true,
  timeblocks: true,
  markers: true,
  confidence: true,
  warnings: true
})
