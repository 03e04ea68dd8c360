import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { tiersFromEnvironment } from "../src/tiers/tiersFromEnvironment.ts"

describe("providers that the environment names", () => {
  it.effect("are those of LLM and CLOUD_OCR, with the budget of a document", () =>
    Effect.gen(function* () {
      const { budget, cloudOcr, llm } = yield* tiersFromEnvironment({
        LLM: "anthropic:x, ollama:y",
        LLM_PRICE: "1,5",
        ANTHROPIC_API_KEY: "a key",
        CLOUD_OCR: "http",
        CLOUD_OCR_PRICE: "0.01",
        TIMEGRID_OCR_URL: "http://127.0.0.1:8080/ocr",
        PROVIDER_BUDGET: "0.5"
      })
      assert.deepStrictEqual([llm?.length, cloudOcr?.length, budget], [2, 1, { usd: 0.5 }])
      assert.deepStrictEqual(
        cloudOcr?.map(({ provider, usdPerPage }) => [provider, usdPerPage]),
        [["http", 0.01]]
      )
    })
  )

  it.effect("are nobody where it names none", () =>
    Effect.gen(function* () {
      const { cloudOcr, llm } = yield* tiersFromEnvironment({ LLM: "", PATH: "/bin" })
      assert.deepStrictEqual([llm, cloudOcr], [[], []])
    })
  )

  it.effect.each([
    [{ LLM: "openai:x" }, "LLM openai:x needs the variable OPENAI_API_KEY in the environment."],
    [{ CLOUD_OCR: "vision" }, "There is no CLOUD_OCR vision; use google-vision, textract, azure, http."],
    [{ LLM: "ollama:x", LLM_URL: "here" }, "LLM_URL here is no address; write one like http://127.0.0.1:8080/v1."],
    [{ PROVIDER_BUDGET: "much" }, "PROVIDER_BUDGET much is no number from 0 on."]
  ] as const)("are refused in one sentence about variables, not options: %s", ([environment, sentence]) =>
    Effect.gen(function* () {
      const { message } = yield* Effect.flip(tiersFromEnvironment(environment))
      assert.strictEqual(message, sentence)
    })
  )
})
