import { Effect } from "effect"
import { errorClassOf, passingClasses } from "../../pipeline/errorClass.ts"

/** Asks providers in turn until one answers; goes on only after a failure that the next may not share. */
export const firstAnswering = <Provider, A, E, R>(
  [provider, ...others]: readonly [Provider, ...Array<Provider>],
  ask: (provider: Provider) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> => {
  const [next, ...rest] = others
  const asked = ask(provider)
  if (next === undefined) return asked
  return Effect.catch(asked, (error) =>
    passingClasses.includes(errorClassOf(error)) ? firstAnswering([next, ...rest], ask) : Effect.fail(error)
  )
}
