import { Effect, Option } from "effect"
import * as z from "zod"
import { llmResultEntry } from "../domain/redis/CachedLlmResult.ts"
import { LlmProvider, type LlmRequest } from "../llm/LlmProvider.ts"
import { nothingSpent } from "../llm/LlmSpent.ts"
import { canonicalJson } from "../pipeline/canonicalJson.ts"
import { hashText } from "../pipeline/sha256.ts"
import type { Cache } from "./Cache.ts"
import type { CachedOptions } from "./CacheHit.ts"
import { throughCache } from "./throughCache.ts"

/**
 * A model that answers a question once: the same content and prompt again are answered from the cache for 90 days, with
 * `isCached` and nothing spent. The hash of the prompt takes in model, version and parameters. What a cached model wraps
 * is not called on a hit: put what charges and counts calls inside.
 */
export const cachedLlm = (
  llm: LlmProvider["Service"],
  cache: Cache["Service"],
  { onHit = () => Effect.void }: CachedOptions = {}
): LlmProvider["Service"] => {
  const { engine, model, parameters, provider, version } = llm
  const { lifetimeSeconds } = llmResultEntry

  const keyOf = ({ hashes: { content, prompt } }: LlmRequest<unknown>): string => {
    const question = { prompt, engine, provider, model, version, parameters }
    return llmResultEntry.key({
      documentHash: `sha256:${content}`,
      promptHash: hashText(canonicalJson(question, String))
    })
  }
  return LlmProvider.of({
    ...llm,
    generate: Effect.fnUntraced(function* <A>(request: LlmRequest<A>) {
      const key = keyOf(request)
      let spent = nothingSpent
      const ask = Effect.map(llm.generate(request), (answer) => {
        spent = answer.spent
        return answer.value
      })
      const slot = {
        key,
        lifetimeSeconds,
        encode: (value: A) => JSON.stringify(z.encode(request.schema, value)),
        decode: (text: string) => decoded(request.schema, text)
      }
      const { isCached, value } = yield* throughCache(cache, slot, ask)
      if (isCached) yield* onHit({ engine, key })
      return { value, spent, isCached }
    })
  })
}

const decoded = <A>(schema: z.ZodType<A>, text: string): Option.Option<A> =>
  Option.flatMap(Option.liftThrowable(JSON.parse)(text), (value) => {
    const result = schema.safeParse(value)
    return result.success ? Option.some(result.data) : Option.none()
  })
