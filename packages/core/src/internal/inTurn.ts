import { Deferred, Effect } from "effect"

/** What is done under each key of an owner at the moment, and when that is over. */
const underWayOf = new WeakMap<object, Map<string, Deferred.Deferred<void>>>()

/**
 * Does work on what lies under a key of `owner`, never twice at once in this process: whoever comes meanwhile waits, and
 * then finds what the first one left there. Work that fails or is interrupted leaves its turn to the next. Work inside
 * work under the same key would wait for itself.
 */
export const inTurn = <A, E, R>(owner: object, key: string, work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.uninterruptibleMask((restore) => {
    const enter: Effect.Effect<A, E, R> = Effect.suspend(() => {
      const underWay = underWayOf.get(owner) ?? new Map<string, Deferred.Deferred<void>>()
      underWayOf.set(owner, underWay)
      const before = underWay.get(key)
      // Nobody is handed the turn, so that none is lost with those who give up waiting.
      if (before !== undefined) return Effect.andThen(restore(Deferred.await(before)), enter)
      const over = Deferred.makeUnsafe<void>()
      underWay.set(key, over)
      return Effect.onExit(restore(work), () => {
        underWay.delete(key)
        return Deferred.succeed(over, undefined)
      })
    })
    return enter
  })
