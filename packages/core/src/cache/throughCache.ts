import { Context, Effect, Option } from "effect"
import { inTurn } from "../internal/inTurn.ts"
import { bytesOfText } from "../pipeline/sha256.ts"
import type { Cache } from "./Cache.ts"

// Core compiles without the types of a platform; every platform that it runs on has it.
declare const TextDecoder: new () => { readonly decode: (bytes: Uint8Array) => string }

/** How one value is kept. */
export interface CacheSlot<A> {
  readonly key: string
  readonly lifetimeSeconds: number
  readonly encode: (value: A) => string
  /** None for what is no such value; it is then made anew. */
  readonly decode: (text: string) => Option.Option<A>
}

/** A value, and whether it was there already. */
export interface Looked<A> {
  readonly value: A
  readonly isCached: boolean
}

/**
 * The value that a cache holds, or that `make` makes, which the cache then holds. Of several who ask for it at once, one
 * makes it and the others find it. A cache that fails is as good as an empty one: that is logged, and no reason to fail.
 */
export const throughCache = <A, E, R>(
  cache: Cache["Service"],
  slot: CacheSlot<A>,
  make: Effect.Effect<A, E, R>
): Effect.Effect<Looked<A>, E, R> =>
  Effect.flatMap(KeysHeld, (held) => {
    const work = findOrMake(cache, slot, make)
    return held.includes(slot.key)
      ? work
      : inTurn(cache, slot.key, Effect.provideService(work, KeysHeld, [...held, slot.key]))
  })

/** The keys that work around this one is at: one provider with a cache may stand in another. */
const KeysHeld = Context.Reference<ReadonlyArray<string>>("@timegrid/core/cache/KeysHeld", { defaultValue: () => [] })

const findOrMake = Effect.fnUntraced(function* <A, E, R>(
  cache: Cache["Service"],
  slot: CacheSlot<A>,
  make: Effect.Effect<A, E, R>
): Effect.fn.Return<Looked<A>, E, R> {
  const found = yield* cache
    .find(slot.key)
    .pipe(Effect.catch((error) => Effect.as(Effect.logWarning(error), Option.none<Uint8Array>())))
  const known = Option.flatMap(found, (bytes) => slot.decode(new TextDecoder().decode(bytes)))
  if (Option.isSome(known)) return { value: known.value, isCached: true }
  const value = yield* make
  yield* cache
    .put(slot.key, bytesOfText(slot.encode(value)), `${slot.lifetimeSeconds} seconds`)
    .pipe(Effect.catch((error) => Effect.logWarning(error)))
  return { value, isCached: false }
})
