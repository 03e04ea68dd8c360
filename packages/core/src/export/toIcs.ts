import type { Extraction, ExtractionWarning } from "../extraction/Extraction.ts"
export const toIcs = (
  _extraction: Extraction,
  _options: unknown
): { text: string; warnings: ReadonlyArray<ExtractionWarning> } => ({ text: "", warnings: [] })
