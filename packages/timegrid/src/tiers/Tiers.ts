import {
  Cache,
  type CacheError,
  type CloudOcr,
  type LlmError,
  LlmProvider,
  MemoryCache,
  type OcrError,
  OcrProvider
} from "@timegrid/core"
import { Context, Effect, Layer } from "effect"
import type { TierOptions } from "./TierOptions.ts"

/** The providers that may be asked besides the engines on this machine, ready to be asked. */
export class Tiers extends Context.Service<
  Tiers,
  {
    readonly cloudOcr: ReadonlyArray<CloudOcr>
    readonly llm: ReadonlyArray<LlmProvider["Service"]>
    readonly cache: Cache["Service"]
  }
>()("timegrid/Tiers") {}

/** Makes the clients of all providers, which ask nobody yet; they are closed with the layer. */
export const tiersLayer = ({
  cache = MemoryCache.layer(),
  cloudOcr = [],
  llm = []
}: Pick<TierOptions, "cache" | "cloudOcr" | "llm">): Layer.Layer<Tiers, OcrError | LlmError | CacheError> =>
  Layer.effect(
    Tiers,
    Effect.gen(function* () {
      const engines = yield* Effect.forEach(cloudOcr, ({ ocr, ...option }) =>
        Effect.map(Layer.build(ocr), (context) => ({ ...option, ocr: Context.get(context, OcrProvider) }))
      )
      const models = yield* Effect.forEach(llm, (layer) =>
        Effect.map(Layer.build(layer), (context) => Context.get(context, LlmProvider))
      )
      const kept = Context.get(yield* Layer.build(cache), Cache)
      return { cloudOcr: engines, llm: models, cache: kept }
    })
  )
