import type { RoutingPolicy } from "@timegrid/core"
import { Effect } from "effect"
import { isWebAddress, wrong } from "./commandLine.ts"
import type { UsageError } from "./UsageError.ts"

/** The services that `--cloud-ocr` knows. */
export const cloudOcrNames = ["google-vision", "textract", "azure", "http"] as const

/** One of {@link cloudOcrNames}. */
export type CloudOcrName = (typeof cloudOcrNames)[number]

/** Dollars a million tokens. */
export interface TokenPrice {
  readonly inputUsd: number
  readonly outputUsd: number
}

/** Who may see doubtful documents, as a command line names them; without options nobody. */
export interface TierArguments {
  /** Models as `PROVIDER:MODEL`; of several, the next is asked where one fails. */
  readonly llm: ReadonlyArray<string>
  /** Where the models are served, or null for the provider's own address. */
  readonly llmUrl: string | null
  readonly llmPrice: TokenPrice | null
  readonly cloudOcr: ReadonlyArray<CloudOcrName>
  readonly usdPerPage: number | null
  /** Dollars that each document may cost, or null for no limit. */
  readonly budgetUsd: number | null
  readonly routing: RoutingPolicy
}

/** What `parseArgs` is told of these options. */
export const tierOptions = {
  llm: { type: "string", multiple: true, default: [] as Array<string> },
  "llm-url": { type: "string" },
  "llm-price": { type: "string" },
  "cloud-ocr": { type: "string", multiple: true, default: [] as Array<string> },
  "cloud-ocr-price": { type: "string" },
  budget: { type: "string" },
  "accept-from": { type: "string" },
  "accept-errors": { type: "string" }
} as const

/** The values of {@link tierOptions}. */
export type TierValues = {
  readonly [Name in keyof typeof tierOptions]?: (typeof tierOptions)[Name] extends { readonly multiple: true }
    ? ReadonlyArray<string>
    : string
}

/** Checks the options that name providers, prices and thresholds. */
export const parseTierArguments = Effect.fnUntraced(function* (
  values: TierValues
): Effect.fn.Return<TierArguments, UsageError> {
  const { llm = [], "cloud-ocr": cloud = [] } = values
  const cloudOcr = yield* Effect.forEach(cloud, cloudOcrOf)
  const budgetUsd = yield* numberOf("--budget", values.budget, Number.POSITIVE_INFINITY)
  const usdPerPage = yield* numberOf("--cloud-ocr-price", values["cloud-ocr-price"], Number.POSITIVE_INFINITY)
  const llmUrl = values["llm-url"] ?? null
  if (llmUrl !== null && !isWebAddress(llmUrl))
    return yield* wrong(`--llm-url ${llmUrl} is no address; write one like http://127.0.0.1:8080/v1.`)
  const vendors = new Set(llm.map((name) => name.split(":", 1)[0]))
  // The key of one would be sent to the other.
  if (llmUrl !== null && vendors.size > 1)
    return yield* wrong(`--llm-url is where one provider is, not ${[...vendors].join(" and ")}.`)
  const llmPrice = yield* priceOf(values["llm-price"])
  if (budgetUsd !== null && llmPrice === null && llm.some((name) => !isFree(name)))
    return yield* wrong("--budget needs --llm-price, since nobody else knows what the model costs.")
  if (budgetUsd !== null && usdPerPage === null && cloudOcr.length > 0)
    return yield* wrong("--budget needs --cloud-ocr-price, since nobody else knows what a page costs.")
  const acceptFrom = yield* numberOf("--accept-from", values["accept-from"], 100)
  const errorRate = yield* numberOf("--accept-errors", values["accept-errors"], 1)
  if (acceptFrom !== null && errorRate !== null)
    return yield* wrong("--accept-from and --accept-errors both say when a reading is accepted; give one.")
  return {
    llm,
    llmUrl,
    llmPrice,
    cloudOcr,
    usdPerPage,
    budgetUsd,
    routing: { acceptFrom: errorRate === null ? (acceptFrom ?? undefined) : { errorRate } }
  }
})

/** Whether a model runs on a machine of the caller's own, which sends no bill. */
export const isFree = (model: string): boolean => model.startsWith("ollama:")

const cloudOcrOf = (name: string): Effect.Effect<CloudOcrName, UsageError> => {
  const known = cloudOcrNames.find((each) => each === name)
  return known === undefined
    ? wrong(`There is no --cloud-ocr ${name}; use ${cloudOcrNames.join(", ")}.`)
    : Effect.succeed(known)
}

const isAmount = (text: string): boolean => /^\d+(\.\d+)?$/.test(text)

const numberOf = (option: string, text: string | undefined, most: number): Effect.Effect<number | null, UsageError> => {
  if (text === undefined) return Effect.succeed(null)
  return isAmount(text) && Number(text) <= most
    ? Effect.succeed(Number(text))
    : wrong(`${option} ${text} is no number from 0 ${Number.isFinite(most) ? `to ${most}` : "on"}.`)
}

const priceOf = (text: string | undefined): Effect.Effect<TokenPrice | null, UsageError> => {
  if (text === undefined) return Effect.succeed(null)
  const [input = "", output = "", ...rest] = text.split(",")
  return isAmount(input) && isAmount(output) && rest.length === 0
    ? Effect.succeed({ inputUsd: Number(input), outputUsd: Number(output) })
    : wrong(`--llm-price ${text} is no price; write dollars a million tokens in and out, like 1,5.`)
}
