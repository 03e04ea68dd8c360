import type { Cache, CacheError, LlmError, LlmProvider, OcrError, OcrProvider, RoutingPolicy } from "@timegrid/core"
import type { Amount } from "@timegrid/core/pipeline"
import type { Layer } from "effect"

/** An OCR engine on somebody else's machine: naming one lets it see the page images of doubtful documents. */
export interface CloudOcrOption {
  /** Who gets to see the pages, such as `"google-vision"`; events and costs go by it. */
  readonly provider: string
  readonly ocr: Layer.Layer<OcrProvider, OcrError>
  /** US dollars a page; null where it is not known, and then it is not used within a budget in dollars. */
  readonly usdPerPage: number | null
}

/** Who may be asked besides the engines on this machine, and when. By default nobody is: no document leaves it. */
export interface TierOptions {
  /** Asked when the offline reading of page images is not sure enough; of several, the next where one fails. */
  readonly cloudOcr?: ReadonlyArray<CloudOcrOption>
  /**
   * Language models, asked when no reading is sure enough; of several, the next where one fails.
   *
   * @example
   * createTimegrid({ llm: [AiSdkLlm.layer({ model: anthropic("claude-haiku-4-5") })] })
   */
  readonly llm?: ReadonlyArray<Layer.Layer<LlmProvider, LlmError>>
  /**
   * Keeps what cloud OCR and language models answered, so that the same page is neither shown nor paid for twice.
   * Default in memory.
   */
  readonly cache?: Layer.Layer<Cache, CacheError>
  /** When a reading is sure enough. Default from a confidence of 98 on. */
  readonly routing?: RoutingPolicy
  /** The most that providers may cost for each document. Default no limit. */
  readonly budget?: Amount
}
