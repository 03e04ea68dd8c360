import * as z from "zod"
import { weekdays } from "../extraction/Extraction.ts"

const PrintedClock = z.string().regex(/^\d{1,2}[:.]\d{2}/)

/** One block as a careful reader takes it off the page. The flags leave out of the score what the page does not settle. */
export const TruthBlock = z.looseObject({
  /** `Any`: the page names no weekday; any one day, or a copy on each, is right. */
  day: z.enum([...weekdays, "Any"]),
  start: PrintedClock.nullable(),
  end: PrintedClock.nullable(),
  name: z.string(),
  notes: z.string().nullish(),
  /** Compared where the page prints no clock times. */
  period: z.int().nullish(),
  /** The reading is open: finding or missing the block costs nothing. */
  optional: z.boolean().optional(),
  /** The start is not printed but follows from its neighbour: that start, or none, is right. */
  startInferred: z.boolean().optional(),
  /** The end is not printed but follows from the next block: that end, or none, is right. */
  endInferred: z.boolean().optional(),
  /** Nothing on the page says when it ends: the end is not compared. */
  endUnknown: z.boolean().optional(),
  /** As `endUnknown`. */
  endOptional: z.boolean().optional(),
  /** A moment such as a bell: no end, or one equal to the start. */
  pointEvent: z.boolean().optional(),
  /** A boundary with no printed time: day and text are compared, not the clock. */
  timeAmbiguous: z.boolean().optional(),
  /** Other names that are equally right. */
  altNames: z.array(z.string()).optional(),
  /** Other ends that are equally right. */
  altEnds: z.array(PrintedClock).optional(),
  /** Parallel groups in one cell: listing them apart is equally right. */
  parts: z.array(z.string()).optional()
})

/** What one labelled document holds. */
export const Truth = z.looseObject({
  id: z.string(),
  /** The document's name in the folder of files. */
  file: z.string(),
  /** `pdf`, `docx`, `png` or `jpeg`. */
  kind: z.string(),
  traits: z.array(z.string()).default([]),
  meta: z.record(z.string(), z.unknown()).default({}),
  blocks: z.array(TruthBlock)
})

export type TruthBlock = z.output<typeof TruthBlock>
export type Truth = z.output<typeof Truth>
