import { describe, expect, it } from "vitest"
import { costOfTokens } from "../../src/llm/LlmPrices.ts"
import { addSpent, nothingSpent } from "../../src/llm/LlmSpent.ts"

describe("what calls have used up", () => {
  const spent = { inputTokens: 10, outputTokens: 5, costUsd: 0.1 }

  it("adds up, and is not known where a part is not", () => {
    expect(addSpent(nothingSpent, spent)).toEqual(spent)
    expect(addSpent(spent, { ...spent, costUsd: null })).toEqual({ inputTokens: 20, outputTokens: 10, costUsd: null })
  })

  it("costs what a million tokens cost, in proportion, and null without a price or a count", () => {
    const price = { inputUsd: 1, outputUsd: 5 }
    expect(costOfTokens(price, { inputTokens: 500_000, outputTokens: 100_000 })).toBe(1)
    expect(costOfTokens(null, { inputTokens: 1, outputTokens: 1 })).toBeNull()
    expect(costOfTokens(price, { inputTokens: null, outputTokens: 1 })).toBeNull()
  })
})
