/** The samples of the documentation, compiled here and run by `docs.test.ts`. */
import { anthropic } from "@ai-sdk/anthropic"
import { createOpenAI } from "@ai-sdk/openai"
import { LlmProvider, type Page, type PageImage, readingPrompt, readWithLlm } from "@timegrid/core"
import { Effect, Layer } from "effect"
import { AiSdkLlm, modelFromName } from "../src/index.ts"

export const handedIn = (pages: ReadonlyArray<Page>, images: ReadonlyArray<PageImage>) => {
  const layer = AiSdkLlm.layer({
    model: anthropic("claude-haiku-4-5"),
    prices: { "anthropic:claude-haiku-4-5": { inputUsd: 1, outputUsd: 5 } }
  })
  const reading = readWithLlm(pages, { images }).pipe(Effect.provide(layer))
  return reading
}

export const byName = () => {
  const layer = Layer.unwrap(Effect.map(modelFromName("openai:gpt-5-mini"), AiSdkLlm.layer))
  return layer
}

export const gateway = () => {
  const gateway = createOpenAI({ baseURL: "https://gateway.example/v1", apiKey: "a key" })
  const layer = AiSdkLlm.layer({
    model: gateway.chat("some-model"),
    provider: "our-gateway",
    capabilities: { images: false, jsonSchema: false }
  })
  return layer
}

export const listed = (pages: ReadonlyArray<Page>, model: LlmProvider["Service"]) => {
  const system = `${readingPrompt.system}\nDrama is a lesson.`
  const prompt = { ...readingPrompt, version: "timetable-1-drama", system }
  const program = Effect.gen(function* () {
    const { dropped, rejected, spent, timeblocks } = yield* readWithLlm(pages, { prompt })
    for (const { block, reason } of rejected) yield* Effect.log(`left out: ${block.name}, ${reason}`)
    return { accepted: timeblocks.length, dropped: dropped.length, usd: spent.costUsd }
  })
  return Effect.provideService(program, LlmProvider, model)
}
