import type { Effect } from "effect"

/** What was found instead of asking a provider. */
export interface CacheHit {
  /** The provider's `engine`. */
  readonly engine: string
  readonly key: string
}

/** What providers with a cache may be told. */
export interface CachedOptions {
  /** Is told of each answer that came from the cache, for events and books: it cost nothing, and nobody saw the page. */
  readonly onHit?: (hit: CacheHit) => Effect.Effect<void>
}
