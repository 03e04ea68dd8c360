/** The stages of the standard pipeline, one a file, to build pipelines of one's own from. */

export type { AnswerCache } from "../tiers/remembered.ts"
export { classification, type ReadingLimits } from "./classification.ts"
export { cloudOcr } from "./cloudOcr.ts"
export { interpretation } from "./interpretation.ts"
export { llm } from "./llm.ts"
export { ocr } from "./ocr.ts"
export { offline } from "./offline.ts"
export { preprocessing } from "./preprocessing.ts"
export { routing } from "./routing.ts"
export { type TierProviders, type TiersOptions, tiers } from "./tiers.ts"
export { validation } from "./validation.ts"
