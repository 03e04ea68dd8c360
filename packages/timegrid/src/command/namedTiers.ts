/** The providers that a command line names, made of adapters that are loaded only then. */
import type { LlmError, LlmProvider, OcrProvider } from "@timegrid/core"
import { Effect, type Layer, Redacted } from "effect"
import { isMissingPackage } from "../optionalPackage.ts"
import type { TierOptions } from "../tiers/TierOptions.ts"
import { isWebAddress, wrong } from "./commandLine.ts"
import { type CloudOcrName, isFree, type TierArguments, type TokenPrice } from "./tierArguments.ts"
import { UsageError } from "./UsageError.ts"

/** Variables of the environment by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Makes the providers, with keys and addresses from the environment. Fails with one sentence where an adapter is not
 * installed or a variable is not set; nobody is asked yet.
 */
export const namedTiers = Effect.fnUntraced(function* (
  { budgetUsd, cloudOcr, llm, llmPrice, llmUrl, routing, usdPerPage }: TierArguments,
  environment: Environment
): Effect.fn.Return<TierOptions, UsageError> {
  return {
    routing,
    ...(budgetUsd !== null && { budget: { usd: budgetUsd } }),
    cloudOcr: yield* Effect.forEach(cloudOcr, (provider) =>
      Effect.map(cloudOcrLayers[provider](environment), (ocr) => ({ provider, usdPerPage, ocr }))
    ),
    llm: yield* Effect.forEach(llm, (name) => llmLayer(name, llmUrl, isFree(name) ? noPrice : llmPrice, environment))
  }
})

const noPrice: TokenPrice = { inputUsd: 0, outputUsd: 0 }

/** Where the key of a provider's own service stands; a server of one's own may do without. */
const llmKeys: Readonly<Record<string, string>> = {
  anthropic: "ANTHROPIC_API_KEY",
  openai: "OPENAI_API_KEY",
  google: "GOOGLE_GENERATIVE_AI_API_KEY",
  "openai-compatible": "TIMEGRID_LLM_API_KEY"
}

const llmLayer = Effect.fnUntraced(function* (
  name: string,
  baseUrl: string | null,
  price: TokenPrice | null,
  environment: Environment
): Effect.fn.Return<Layer.Layer<LlmProvider, LlmError>, UsageError> {
  const option = `--llm ${name}`
  const { AiSdkLlm, modelFromName } = yield* imported(option, "@timegrid/llm", () => import("@timegrid/llm"))
  const [vendor = ""] = name.split(":", 1)
  const key = llmKeys[vendor]
  const apiKey = key === undefined ? undefined : setIn(environment, key)
  const model = yield* modelFromName(name, {
    ...(apiKey !== undefined && { apiKey }),
    ...(baseUrl !== null && { baseUrl })
  }).pipe(
    Effect.catch(({ reason: { cause } }) => wrong(`${option}: ${cause instanceof Error ? cause.message : cause}.`))
  )
  if (key !== undefined && apiKey === undefined && baseUrl === null) return yield* unset(option, key)
  return AiSdkLlm.layer({ ...model, prices: price === null ? {} : { [name]: price } })
})

type CloudOcrLayer = Effect.Effect<Layer.Layer<OcrProvider>, UsageError>

const cloudOcrPackage = "@timegrid/cloud-ocr"

const cloudOcrLayers: Readonly<Record<CloudOcrName, (environment: Environment) => CloudOcrLayer>> = {
  "google-vision": Effect.fnUntraced(function* (environment) {
    const option = "--cloud-ocr google-vision"
    const load = () => import("@timegrid/cloud-ocr/google-vision")
    const { GoogleVisionOcr } = yield* imported(option, cloudOcrPackage, load)
    return GoogleVisionOcr.layer({
      apiKey: Redacted.make(yield* variable(option, environment, "GOOGLE_VISION_API_KEY"))
    })
  }),
  textract: Effect.fnUntraced(function* (environment) {
    const option = "--cloud-ocr textract"
    const { TextractOcr } = yield* imported(option, cloudOcrPackage, () => import("@timegrid/cloud-ocr/textract"))
    const token = setIn(environment, "AWS_SESSION_TOKEN")
    return TextractOcr.layer({
      region: yield* variable(option, environment, "AWS_REGION"),
      credentials: {
        accessKeyId: yield* variable(option, environment, "AWS_ACCESS_KEY_ID"),
        secretAccessKey: Redacted.make(yield* variable(option, environment, "AWS_SECRET_ACCESS_KEY")),
        ...(token !== undefined && { sessionToken: Redacted.make(token) })
      }
    })
  }),
  azure: Effect.fnUntraced(function* (environment) {
    const option = "--cloud-ocr azure"
    const { AzureOcr } = yield* imported(option, cloudOcrPackage, () => import("@timegrid/cloud-ocr/azure"))
    return AzureOcr.layer({
      endpoint: yield* address(option, environment, "AZURE_DOCUMENT_INTELLIGENCE_ENDPOINT"),
      apiKey: Redacted.make(yield* variable(option, environment, "AZURE_DOCUMENT_INTELLIGENCE_KEY"))
    })
  }),
  http: Effect.fnUntraced(function* (environment) {
    const option = "--cloud-ocr http"
    const { HttpOcr } = yield* imported(option, cloudOcrPackage, () => import("@timegrid/cloud-ocr/http"))
    const token = setIn(environment, "TIMEGRID_OCR_TOKEN")
    return HttpOcr.layer({
      url: yield* address(option, environment, "TIMEGRID_OCR_URL"),
      ...(token !== undefined && { token: Redacted.make(token) })
    })
  })
}

const imported = <Module>(option: string, packageName: string, load: () => Promise<Module>) =>
  Effect.tryPromise({ try: load, catch: (cause) => cause }).pipe(
    Effect.catch((cause) =>
      isMissingPackage(cause, packageName)
        ? wrong(`${option} needs a package that is not installed: npm install ${packageName}.`)
        : Effect.die(cause)
    )
  )

/** A variable that is set to nothing is not set. */
const setIn = (environment: Environment, name: string): string | undefined => environment[name] || undefined

const variable = (option: string, environment: Environment, name: string): Effect.Effect<string, UsageError> => {
  const value = setIn(environment, name)
  return value === undefined ? unset(option, name) : Effect.succeed(value)
}

const address = (option: string, environment: Environment, name: string): Effect.Effect<string, UsageError> =>
  Effect.flatMap(variable(option, environment, name), (url) =>
    isWebAddress(url) ? Effect.succeed(url) : wrong(`${option}: ${name} is no address that begins with http.`)
  )

const unset = (option: string, name: string) =>
  Effect.fail(new UsageError({ message: `${option} needs the variable ${name} in the environment.` }))
