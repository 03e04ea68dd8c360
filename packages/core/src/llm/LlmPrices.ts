import type { LlmSpent } from "./LlmSpent.ts"

/** What a model costs: data that its user gives, since prices change and depend on the contract. */
export interface LlmPrice {
  /** US dollars a million tokens. */
  readonly inputUsd: number
  readonly outputUsd: number
}

/** Prices by `engine`, such as `"anthropic:claude-haiku-4-5"`. */
export type LlmPrices = Readonly<Record<string, LlmPrice>>

const million = 1_000_000

/** What so many tokens cost; null where the price or a count is not known. */
export const costOfTokens = (
  price: LlmPrice | null,
  { inputTokens, outputTokens }: Pick<LlmSpent, "inputTokens" | "outputTokens">
): number | null =>
  price === null || inputTokens === null || outputTokens === null
    ? null
    : (inputTokens * price.inputUsd + outputTokens * price.outputUsd) / million
