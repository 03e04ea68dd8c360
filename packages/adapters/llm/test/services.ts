/** The vendors' interfaces on this machine, each with the client that speaks to it. */

import { createOpenAI } from "@ai-sdk/openai"
import type { LlmProvider } from "@timegrid/core"
import {
  type LlmBehaviour,
  type LlmDialect,
  type LoopbackLlm,
  loopbackLlm,
  type ReceivedQuestion
} from "@timegrid/testing/loopback"
import { Effect, Redacted } from "effect"
import type { AiSdkLlmOptions } from "../src/AiSdkLlm.ts"
import { AiSdkLlm, modelFromName, type NamedModel } from "../src/index.ts"

/** A vendor and the wire format that its client speaks. */
export interface Service {
  readonly name: string
  readonly dialect: LlmDialect
  readonly model: (baseUrl: string) => Effect.Effect<Pick<NamedModel, "model"> & Partial<NamedModel>>
}

const named = (name: string, dialect: LlmDialect): Service => ({
  name,
  dialect,
  model: (baseUrl) => Effect.orDie(modelFromName(name, { apiKey: Redacted.make("a secret key"), baseUrl }))
})

export const services: ReadonlyArray<Service> = [
  named("anthropic:claude-haiku-4-5", "anthropic"),
  named("openai:gpt-4.1-mini", "openai-responses"),
  named("google:gemini-2.5-flash", "google"),
  named("ollama:qwen3-vl", "openai-chat"),
  named("openai-compatible:some-model", "openai-chat"),
  {
    name: "a model of OpenAI's older interface, handed in",
    dialect: "openai-chat",
    model: (baseURL) => Effect.sync(() => ({ model: createOpenAI({ apiKey: "a key", baseURL }).chat("gpt-4.1-mini") }))
  }
]

/** A model that answers as told, and what it was asked. */
export interface Told {
  readonly llm: LlmProvider["Service"]
  readonly service: LoopbackLlm
}

export const told = Effect.fnUntraced(function* (
  { dialect, model }: Service,
  behave: (question: ReceivedQuestion, index: number) => LlmBehaviour,
  options: Partial<AiSdkLlmOptions> = {}
) {
  const service = yield* loopbackLlm(dialect, behave)
  const made = yield* model(service.baseUrl)
  const capabilities = { ...made.capabilities, ...options.capabilities }
  const llm = AiSdkLlm.make({ ...made, ...options, capabilities })
  return { llm, service } satisfies Told
})
