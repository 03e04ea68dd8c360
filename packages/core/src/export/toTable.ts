import type { Extraction } from "../extraction/Extraction.ts"
export const toTable = (extraction: Extraction, options: { widthColumns: number; color: boolean }): string =>
  `${extraction.timeblocks.length} ${options.widthColumns}\n`
