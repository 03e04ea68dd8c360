import type { CacheError, LlmError, OcrError } from "@timegrid/core"
import { Effect, Layer } from "effect"
import { ConfigInvalid, type ServerConfig } from "../settings/ServerConfig.ts"
import { CloudProviders } from "../workers/CloudProviders.ts"

/** The providers that the environment names, where the server may ask any; what is wrong with them is said at the start. */
export const cloudProvidersLayer = ({
  environment,
  settings
}: ServerConfig): Layer.Layer<CloudProviders, ConfigInvalid | OcrError | LlmError | CacheError> =>
  settings.cloudProviders && (environment.LLM || environment.CLOUD_OCR)
    ? Layer.effect(
        CloudProviders,
        Effect.gen(function* () {
          // Loaded here alone: a server that asks nobody is to stay small.
          const { Tiers, tiersFromEnvironment, tiersLayer } = yield* Effect.promise(() => import("timegrid"))
          const { budget, ...named } = yield* Effect.mapError(
            tiersFromEnvironment(environment),
            ({ message }) => new ConfigInvalid({ message })
          )
          const built = yield* Layer.build(tiersLayer(named))
          const { cloudOcr, llm } = yield* Effect.provideContext(Tiers, built)
          return { cloudOcr, llm, ...(budget !== undefined && { budget }) }
        })
      )
    : CloudProviders.layerNone
