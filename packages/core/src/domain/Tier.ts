import * as z from "zod"
import { ranks } from "./ranks.ts"

/** Where a value comes from, cheapest first: native < tesseract < cloud_ocr < llm < hitl. The seed knows no `native`. */
export const tiers = ["native", "tesseract", "cloud_ocr", "llm", "hitl"] as const

/** One of {@link tiers}; the column `processing_tier`. */
export const Tier = z.enum(tiers)
export type Tier = z.output<typeof Tier>

/** Order of tiers: native is 0, hitl 4. A document's tier is the highest that one of its blocks came from. */
export const tierRanks = ranks(tiers)
