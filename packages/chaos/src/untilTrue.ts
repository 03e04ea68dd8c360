import { Effect } from "effect"

/** Asks again and again until the answer is yes; an error is a no. */
export const untilTrue = <E, R>(ask: Effect.Effect<boolean, E, R>): Effect.Effect<void, never, R> =>
  Effect.gen(function* () {
    while (!(yield* Effect.orElseSucceed(ask, () => false))) yield* Effect.sleep(20)
  })
