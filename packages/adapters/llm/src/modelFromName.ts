import { type LlmCapabilities, LlmError, RequestRejected } from "@timegrid/core"
import { Effect, Redacted } from "effect"
import type { AiSdkLlmOptions } from "./AiSdkLlm.ts"
import type { AnyModel } from "./answerStream.ts"
import { boundedFetch } from "./boundedFetch.ts"

/** What {@link modelFromName} takes besides the name. */
export interface NamedModelOptions {
  /** Default what the provider's own variable of the environment says, e.g. `ANTHROPIC_API_KEY`. */
  readonly apiKey?: string | Redacted.Redacted
  /** Where the service is. Default the provider's own address; `openai-compatible` needs one. */
  readonly baseUrl?: string
}

/** What {@link modelFromName} makes: options of `AiSdkLlm.layer`. */
export type NamedModel = Required<Pick<AiSdkLlmOptions, "model" | "provider" | "capabilities" | "providerOptions">>

interface Vendor {
  readonly model: (modelId: string, options: NamedModelOptions) => Promise<AnyModel>
  readonly capabilities?: Partial<LlmCapabilities>
  readonly providerOptions?: NamedModel["providerOptions"]
  readonly needsBaseUrl?: boolean
}

const ollamaUrl = "http://127.0.0.1:11434/v1"

/** Settings that are there; the SDK's factories tell an absent one from one that is undefined. */
const settings = ({ apiKey, baseUrl }: NamedModelOptions) => ({
  fetch: boundedFetch,
  ...(apiKey === undefined ? {} : { apiKey: Redacted.isRedacted(apiKey) ? Redacted.value(apiKey) : apiKey }),
  ...(baseUrl === undefined ? {} : { baseURL: baseUrl })
})

// A vendor's module is loaded when its model is asked for: a command that uses none starts without any.
const compatible = async (name: string, modelId: string, options: NamedModelOptions & { readonly baseUrl: string }) => {
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible")
  return createOpenAICompatible({ ...settings(options), name, baseURL: options.baseUrl, includeUsage: true })(modelId)
}

const vendors: Readonly<Record<string, Vendor>> = {
  anthropic: {
    model: async (modelId, options) => (await import("@ai-sdk/anthropic")).createAnthropic(settings(options))(modelId),
    // The other way to structured answers is a tool, and there are to be none.
    providerOptions: { anthropic: { structuredOutputMode: "outputFormat" } }
  },
  openai: {
    model: async (modelId, options) => (await import("@ai-sdk/openai")).createOpenAI(settings(options))(modelId),
    // Else answers, and with them documents, are kept for 30 days.
    providerOptions: { openai: { store: false } }
  },
  google: {
    model: async (modelId, options) =>
      (await import("@ai-sdk/google")).createGoogleGenerativeAI(settings(options))(modelId)
  },
  ollama: {
    model: (modelId, options) => compatible("ollama", modelId, { ...options, baseUrl: options.baseUrl ?? ollamaUrl }),
    capabilities: { jsonSchema: false }
  },
  "openai-compatible": {
    model: (modelId, options) => compatible("openai-compatible", modelId, { ...options, baseUrl: options.baseUrl! }),
    capabilities: { jsonSchema: false },
    needsBaseUrl: true
  }
}

/**
 * A model by its name, `provider:model`: `anthropic:claude-haiku-4-5`, `openai:gpt-5-mini`, `google:gemini-2.5-flash`,
 * `ollama:qwen3-vl`, `openai-compatible:MODEL` with a `baseUrl`. A name that means nothing fails with a sentence that
 * lists what there is; whether a model exists shows with its first call.
 *
 * @example
 * const layer = Layer.unwrap(Effect.map(modelFromName("anthropic:claude-haiku-4-5"), AiSdkLlm.layer))
 */
export const modelFromName = Effect.fn("modelFromName")(function* (
  name: string,
  options: NamedModelOptions = {}
): Effect.fn.Return<NamedModel, LlmError> {
  const rejected = (sentence: string) =>
    new LlmError({ engine: name, reason: new RequestRejected({ cause: new Error(sentence) }), spent: null })
  const [, provider = "", modelId = ""] = /^([^:]*):(.+)$/.exec(name) ?? []
  const vendor = Object.hasOwn(vendors, provider) ? vendors[provider] : undefined
  if (vendor === undefined) {
    const known = Object.keys(vendors).join(", ")
    return yield* rejected(`a model is named PROVIDER:MODEL, where PROVIDER is one of ${known}`)
  }
  if (vendor.needsBaseUrl && options.baseUrl === undefined) return yield* rejected(`${provider} needs a base URL`)
  const { capabilities = {}, providerOptions = {} } = vendor
  return { model: yield* Effect.promise(() => vendor.model(modelId, options)), provider, capabilities, providerOptions }
})
