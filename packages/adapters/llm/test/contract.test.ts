import { LlmProvider } from "@timegrid/core"
import { type LlmContractBehaviour, llmContractAnswer, llmProviderContract } from "@timegrid/testing"
import type { LlmBehaviour } from "@timegrid/testing/loopback"
import { Effect, Layer } from "effect"
import { services, told } from "./services.ts"

const tokens = { inputTokens: 40, outputTokens: 12 }
const answer = JSON.stringify(llmContractAnswer)

const behaviours: Readonly<Record<LlmContractBehaviour, LlmBehaviour>> = {
  answers: { answer, counts: tokens },
  "answers in prose": { answer: "Certainly! That is a lesson of maths.", counts: tokens },
  "answers with another shape": { answer: '{"lesson":["Maths"]}', counts: tokens },
  "answers at great length": { answer: `"${"x".repeat(10_000_000)}"`, atOnce: true },
  "is cut off by its limit": { answer: answer.slice(0, 9), end: "truncated", counts: tokens },
  refuses: { answer: "I cannot help with that.", end: "refused", counts: tokens },
  "breaks off": { answer, cut: "broken" },
  "asks to wait 7 seconds": { status: 429, headers: { "retry-after": "7" } },
  "asks to wait": { status: 429 },
  fails: { status: 500 },
  "is overloaded": { status: 529 },
  "takes no key": { status: 401 },
  "has no money": { status: 402 },
  "is silent": { silent: true }
}

for (const service of services) {
  llmProviderContract(service.name, {
    provider: (behaviour, capabilities = {}) =>
      Layer.effect(
        LlmProvider,
        Effect.map(
          told(service, () => behaviours[behaviour], {
            capabilities,
            prices: { [service.name]: { inputUsd: 1, outputUsd: 5 } }
          }),
          ({ llm }) => llm
        )
      ),
    tokens
  })
}
