import type { Extraction } from "../extraction/Extraction.ts"

/** The extraction as JSON that ends with a line break; `"line"` puts it on one line, for NDJSON. Default `"pretty"`. */
export const toJson = (extraction: Extraction, layout: "pretty" | "line" = "pretty"): string =>
  `${JSON.stringify(extraction, null, layout === "pretty" ? 2 : undefined)}\n`
