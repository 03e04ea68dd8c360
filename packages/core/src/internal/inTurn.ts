import { Context, Effect, Semaphore } from "effect"

/** The place where those wait who want the same. */
interface Turn {
  readonly permits: Semaphore.Semaphore
  /** Those who wait, and the one whose turn it is. */
  visitors: number
}

const turnsOf = new WeakMap<object, Map<string, Turn>>()

/** The turns that the work under way has already, so that work inside work cannot wait for itself. */
const HeldTurns = Context.Reference<ReadonlyArray<Turn>>("@timegrid/core/internal/HeldTurns", {
  defaultValue: () => []
})

/**
 * Does work on what lies under a key of `owner`, never twice at once in this process: whoever comes meanwhile waits, and
 * then finds what the first one left there. Work that fails or is interrupted leaves its turn to the next.
 */
export const inTurn = <A, E, R>(owner: object, key: string, work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.acquireUseRelease(
    Effect.sync(() => enter(owner, key)),
    (turn) =>
      Effect.flatMap(HeldTurns, (held) =>
        held.includes(turn) ? work : turn.permits.withPermit(Effect.provideService(work, HeldTurns, [...held, turn]))
      ),
    (turn) => Effect.sync(() => leave(owner, key, turn))
  )

const enter = (owner: object, key: string): Turn => {
  const turns = turnsOf.get(owner) ?? new Map<string, Turn>()
  turnsOf.set(owner, turns)
  const turn = turns.get(key) ?? { permits: Semaphore.makeUnsafe(1), visitors: 0 }
  turns.set(key, turn)
  turn.visitors += 1
  return turn
}

const leave = (owner: object, key: string, turn: Turn): void => {
  turn.visitors -= 1
  if (turn.visitors === 0) turnsOf.get(owner)?.delete(key)
}
