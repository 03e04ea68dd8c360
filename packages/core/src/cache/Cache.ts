import { Context, type Duration, type Effect, type Option } from "effect"
import type { CacheError } from "./CacheError.ts"

/**
 * Keeps bytes under keys for a while, such as `ocr:result:<hash>` for 30 days. May forget any of them sooner: what is
 * found is what was last put there, whole. Implementations are checked by `cacheContract`.
 */
export class Cache extends Context.Service<
  Cache,
  {
    /** What was last put under `key` and has not expired. Callers do not change the bytes. */
    readonly find: (key: string) => Effect.Effect<Option.Option<Uint8Array>, CacheError>
    /** Keeps `value` for `lifetime` from now on, in place of what stood there. The bytes are not changed after. */
    readonly put: (key: string, value: Uint8Array, lifetime: Duration.Input) => Effect.Effect<void, CacheError>
    /** Succeeds also where nothing stands under `key`. */
    readonly remove: (key: string) => Effect.Effect<void, CacheError>
  }
>()("@timegrid/core/cache/Cache") {}
