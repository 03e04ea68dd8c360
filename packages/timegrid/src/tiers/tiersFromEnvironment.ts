/** The providers that the environment names: for programs that have no command line of their own. */
import { Effect } from "effect"
import { type Environment, namedTiers } from "../command/namedTiers.ts"
import { parseTierArguments } from "../command/tierArguments.ts"
import { UsageError } from "../command/UsageError.ts"
import type { TierOptions } from "./TierOptions.ts"

/** The variables, and the option of the command line that each stands for. */
const options = {
  LLM: "llm",
  LLM_URL: "llm-url",
  LLM_PRICE: "llm-price",
  CLOUD_OCR: "cloud-ocr",
  CLOUD_OCR_PRICE: "cloud-ocr-price",
  PROVIDER_BUDGET: "budget"
} as const

/**
 * The providers that `LLM` and `CLOUD_OCR` name, separated by commas, with prices and the budget of a document beside
 * them, and keys where each provider has its own; nobody is asked yet. Fails with one sentence for what cannot be.
 */
export const tiersFromEnvironment = (environment: Environment): Effect.Effect<TierOptions, UsageError> => {
  const given = (name: keyof typeof options) => environment[name] || undefined
  const named = (name: keyof typeof options) => (given(name) ?? "").split(",").flatMap((each) => each.trim() || [])
  const values = {
    llm: named("LLM"),
    "cloud-ocr": named("CLOUD_OCR"),
    ...Object.fromEntries(
      (["LLM_URL", "LLM_PRICE", "CLOUD_OCR_PRICE", "PROVIDER_BUDGET"] as const).flatMap((name) => {
        const value = given(name)
        return value === undefined ? [] : [[options[name], value]]
      })
    )
  }
  return Effect.flatMap(parseTierArguments(values), (parsed) => namedTiers(parsed, environment)).pipe(
    Effect.mapError(({ message }) => new UsageError({ message: inVariables(message) }))
  )
}

const inVariables = (message: string) =>
  Object.entries(options)
    // The longer first: one begins as another.
    .toSorted(([, one], [, other]) => other.length - one.length)
    .reduce((text, [variable, option]) => text.replaceAll(`--${option}`, variable), message)
