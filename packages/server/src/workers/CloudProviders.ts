import { Cache, CacheReferences, referencingCache, type StandardPipelineOptions } from "@timegrid/core"
import type { Amount } from "@timegrid/core/pipeline"
import { Users } from "@timegrid/core/repository"
import { Context, Effect, Layer, Option } from "effect"
import { ServerSettings } from "../settings/ServerSettings.ts"

/** Who may be asked besides the engines on this machine, where the server and the user allow it. */
export class CloudProviders extends Context.Service<
  CloudProviders,
  Pick<StandardPipelineOptions, "cloudOcr" | "llm"> & {
    /** The most that they may cost for each document. Default no limit. */
    readonly budget?: Amount | undefined
  }
>()("@timegrid/server/workers/CloudProviders") {
  /** Nobody. */
  static readonly layerNone: Layer.Layer<CloudProviders> = Layer.succeed(CloudProviders, {})
}

/** What may be asked about one document. */
export type OfferedTiers = CloudProviders["Service"] & Pick<StandardPipelineOptions, "cache">

/**
 * Who may be asked about a document of this user: nobody, unless the server is set to and the user has chosen it in
 * `settings.cloudProviders`. What they answer is noted with the document, so that it goes with it.
 */
export const offeredTiers = Effect.fnUntraced(function* (userId: string, documentId: string) {
  const { cloudProviders } = yield* ServerSettings
  const none: OfferedTiers = {}
  if (!cloudProviders) return none
  const user = yield* Users.use((users) => users.find(userId))
  if (!Option.exists(user, ({ settings }) => settings?.cloudProviders === true)) return none
  const [cache, references] = [yield* Cache, yield* CacheReferences]
  return { ...(yield* CloudProviders), cache: referencingCache(cache, references, documentId) } satisfies OfferedTiers
})
