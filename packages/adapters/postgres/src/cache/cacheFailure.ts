import { CacheError, CacheRefused, CacheUnavailable } from "@timegrid/core"
import type { RepositoryError } from "@timegrid/core/repository"
import { Effect } from "effect"

/** A failure of the database in words of the caches. */
export const cacheFailure = (key: string) =>
  Effect.mapError((cause: RepositoryError) => {
    const reason =
      cause.reason._tag === "StoreUnavailable" ? new CacheUnavailable({ cause }) : new CacheRefused({ cause })
    return new CacheError({ key, reason })
  })
