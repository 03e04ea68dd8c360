import { Effect } from "effect"

/** What came of a call that may have been lost on its way, or its answer. */
export interface Heard {
  /** Attempts after which nobody knew whether they were carried out. */
  unknown: number
}

/** Nothing yet. */
export const tally = (): Heard => ({ unknown: 0 })

/** Makes a call again and again until there is an answer, as a client does that was told of an outage. */
export const untilHeard = <A, E extends { readonly isRetryable: boolean }, R>(
  call: Effect.Effect<A, E, R>,
  heard: Heard
): Effect.Effect<A, E, R> =>
  call.pipe(
    Effect.catchIf(
      ({ isRetryable }) => isRetryable,
      () =>
        Effect.suspend(() => {
          heard.unknown += 1
          return Effect.andThen(Effect.sleep(20), untilHeard(call, heard))
        })
    )
  )
