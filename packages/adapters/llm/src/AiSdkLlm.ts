/** Any language model of the AI SDK as an `LlmProvider`. Used as a namespace: `AiSdkLlm.layer({ model })`. */
import {
  CapabilityMissing,
  costOfTokens,
  type LlmCapabilities,
  LlmError,
  type LlmErrorReason,
  type LlmPrices,
  LlmProvider,
  type LlmRequest,
  type LlmSpent
} from "@timegrid/core"
import { wrapLanguageModel } from "ai"
import { Clock, Effect, Layer, Result } from "effect"
import { type AnyModel, receiveAnswer } from "./answerStream.ts"
import { tooLongIn } from "./boundedFetch.ts"
import { callOptionsOf, type RequestStyle } from "./callOptions.ts"
import { decodeAnswer } from "./decodeAnswer.ts"
import { serviceFailureOf } from "./serviceFailure.ts"

/** What {@link layer} takes. */
export interface AiSdkLlmOptions {
  /** Any model of the AI SDK, such as `anthropic("claude-haiku-4-5")`; its client keeps its own key and address. */
  readonly model: AnyModel
  /** What the provider is called in results, budgets and prices. Default what the model says: `"anthropic"`. */
  readonly provider?: string
  /** What the model can do. Default both: look at images, and keep to a JSON schema. */
  readonly capabilities?: Partial<LlmCapabilities>
  /** By engine, such as `"anthropic:claude-haiku-4-5"`. Without a price costs are null. */
  readonly prices?: LlmPrices
  /** Tokens of an answer, thinking included. Default 16,000, which is a page of some 200 timeblocks. */
  readonly maxOutputTokens?: number
  /** Characters after which an answer is broken off, whatever the service counts. Default 200,000. */
  readonly maxCharacters?: number
  /** Handed on to the model's provider. */
  readonly providerOptions?: RequestStyle["providerOptions"]
}

const version = "ai@7"

/** Of an answer that nobody read to where it says what it has used up. */
const unknownSpent: LlmSpent = { inputTokens: null, outputTokens: null, costUsd: null }

/**
 * Provides `LlmProvider`. Each call is one request, streamed, without tools and retries of its own; interruption aborts
 * it. Building the layer opens nothing.
 */
export const layer = (options: AiSdkLlmOptions): Layer.Layer<LlmProvider> =>
  Layer.sync(LlmProvider, () => make(options))

/** The service of {@link layer}. */
export const make = ({
  maxCharacters = 200_000,
  maxOutputTokens = 16_000,
  model: given,
  prices = {},
  providerOptions = {},
  ...options
}: AiSdkLlmOptions): LlmProvider["Service"] => {
  const model = wrapLanguageModel({ model: given, middleware: [] })
  // "anthropic.messages" says by which of its interfaces a provider is called.
  const provider = options.provider ?? model.provider.split(".")[0]!
  const engine = `${provider}:${model.modelId}`
  const capabilities: LlmCapabilities = { images: true, jsonSchema: true, ...options.capabilities }
  const price = prices[engine] ?? null
  const style: RequestStyle = { jsonSchema: capabilities.jsonSchema, maxOutputTokens, providerOptions }
  const limits = { maxCharacters, maxOutputTokens }
  const failed = (reason: LlmErrorReason, spent: LlmSpent | null) => new LlmError({ engine, reason, spent })

  const generate = Effect.fn("AiSdkLlm.generate")(function* <A>(request: LlmRequest<A>) {
    if (!capabilities.images && request.prompt.some(({ type }) => type === "image")) {
      return yield* failed(new CapabilityMissing({ capability: "images" }), null)
    }
    const nowMs = yield* Clock.currentTimeMillis
    const answer = yield* Effect.tryPromise({
      try: (signal) => receiveAnswer(model, callOptionsOf(request, style), maxCharacters, signal),
      catch: (cause) => {
        const tooLong = tooLongIn(cause)
        return tooLong === null ? failed(serviceFailureOf(cause, nowMs), null) : failed(tooLong, unknownSpent)
      }
    })
    const spent: LlmSpent = { ...answer.tokens, costUsd: costOfTokens(price, answer.tokens) }
    if (answer.broken !== null) {
      const { cause } = answer.broken
      return yield* failed(tooLongIn(cause) ?? serviceFailureOf(cause, nowMs), spent)
    }
    const decoded = decodeAnswer(answer, request.schema, limits)
    return Result.isSuccess(decoded) ? { value: decoded.success, spent } : yield* failed(decoded.failure, spent)
  })

  return LlmProvider.of({
    engine,
    provider,
    model: model.modelId,
    version,
    capabilities,
    parameters: {
      temperature: 0,
      maxOutputTokens,
      jsonSchema: capabilities.jsonSchema,
      providerOptions: JSON.stringify(providerOptions)
    },
    costAtMost: (request) =>
      costOfTokens(price, { inputTokens: inputTokensAtMost(request, style), outputTokens: maxOutputTokens }),
    generate
  })
}

/** No service counts more for an image than the smallest models of OpenAI do. */
const imageTokensAtMost = 50_000
/** For the frame that services put around messages. */
const frameTokens = 1_000

/** A token holds at least one byte; the schema is counted whether it goes beside the prompt or into it. */
const inputTokensAtMost = (request: LlmRequest<unknown>, style: RequestStyle): number => {
  const images = request.prompt.filter(({ type }) => type === "image").length
  const withoutImages = { ...request, prompt: request.prompt.filter(({ type }) => type === "text") }
  const { prompt, responseFormat } = callOptionsOf(withoutImages, style)
  return Buffer.byteLength(JSON.stringify([prompt, responseFormat])) + images * imageTokensAtMost + frameTokens
}
