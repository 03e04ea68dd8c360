import * as z from "zod"

/** What calls to a model have used up. */
export const LlmSpent = z.object({
  /** null where the service does not count them. */
  inputTokens: z.int().min(0).nullable(),
  /** Those spent on thinking included; null where the service does not count them. */
  outputTokens: z.int().min(0).nullable(),
  /** US dollars by the prices that the user gave; null where there are none for the model, or no count of tokens. */
  costUsd: z.number().min(0).nullable()
})
export type LlmSpent = z.output<typeof LlmSpent>

/** Before anything is spent. */
export const nothingSpent: LlmSpent = { inputTokens: 0, outputTokens: 0, costUsd: 0 }

/** The sum of two; what is not known of either is not known of both. */
export const addSpent = (one: LlmSpent, other: LlmSpent): LlmSpent => ({
  inputTokens: sum(one.inputTokens, other.inputTokens),
  outputTokens: sum(one.outputTokens, other.outputTokens),
  costUsd: sum(one.costUsd, other.costUsd)
})

const sum = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other
