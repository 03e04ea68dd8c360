import { Context, Effect } from "effect"
import type { Cache } from "./Cache.ts"
import type { CacheError } from "./CacheError.ts"

/**
 * Remembers which cached answers were made from a document, so that whoever erases the document erases them too.
 * Adapters are checked by `cacheReferencesContract`.
 */
export class CacheReferences extends Context.Service<
  CacheReferences,
  {
    /** Notes that what lies under `key` was made from the document; once is enough. */
    readonly add: (documentId: string, key: string) => Effect.Effect<void, CacheError>
    /** All keys that were noted for the document, in any order. */
    readonly list: (documentId: string) => Effect.Effect<ReadonlyArray<string>, CacheError>
    /** Forgets the document. */
    readonly remove: (documentId: string) => Effect.Effect<void, CacheError>
  }
>()("@timegrid/core/cache/CacheReferences") {}

/** A cache that notes what is found or put in it while one document is worked on. */
export const referencingCache = (
  cache: Cache["Service"],
  references: CacheReferences["Service"],
  documentId: string
): Cache["Service"] => ({
  ...cache,
  find: (key) => Effect.andThen(references.add(documentId, key), cache.find(key)),
  // Noted first: what lies in the cache without a note could not be erased.
  put: (key, value, lifetime) => Effect.andThen(references.add(documentId, key), cache.put(key, value, lifetime))
})

/** Removes all answers that were made from a document, also where another document has asked for the same. */
export const eraseCached = (
  cache: Cache["Service"],
  references: CacheReferences["Service"],
  documentId: string
): Effect.Effect<void, CacheError> =>
  Effect.gen(function* () {
    yield* Effect.forEach(yield* references.list(documentId), (key) => cache.remove(key), { discard: true })
    yield* references.remove(documentId)
  })
