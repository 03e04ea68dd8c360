/** Engines and models whose answers are kept. They go around those whose calls are metered, so that hits are free. */
import { Effect } from "effect"
import type { Cache } from "../../cache/Cache.ts"
import { cachedLlm } from "../../cache/cachedLlm.ts"
import { cachedOcr } from "../../cache/cachedOcr.ts"
import type { LlmProvider } from "../../llm/LlmProvider.ts"
import type { OcrProvider } from "../../ocr/OcrProvider.ts"
import type { StageContext } from "../../pipeline/Stage.ts"

/** Where answers of providers are kept. */
export interface AnswerCache {
  /** What cloud OCR and language models have answered is kept here, and not asked again. Default: nothing is kept. */
  readonly cache?: Cache["Service"] | undefined
}

/** An engine that is not asked for what the cache holds; hits are told as events. */
export const rememberedOcr = (
  ocr: OcrProvider["Service"],
  provider: string,
  cache: Cache["Service"] | undefined,
  cached: StageContext["cached"]
): OcrProvider["Service"] =>
  cache === undefined ? ocr : cachedOcr(ocr, cache, { onHit: () => Effect.sync(() => cached(provider)) })

/** A model that is not asked for what the cache holds; hits are told as events. */
export const rememberedLlm = (
  llm: LlmProvider["Service"],
  cache: Cache["Service"] | undefined,
  cached: StageContext["cached"]
): LlmProvider["Service"] =>
  cache === undefined ? llm : cachedLlm(llm, cache, { onHit: () => Effect.sync(() => cached(llm.provider)) })
