import * as z from "zod"

/** A document as it came: what a run of the standard pipeline begins with. */
export const SourceDocument = z.object({
  /** What to call it; it decides nothing. */
  file: z.string(),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array, "Expected bytes")
})
export type SourceDocument = z.output<typeof SourceDocument>
