import { Effect } from "effect"
import { type ErrorClass, errorClassOf, passingClasses } from "../pipeline/errorClass.ts"

/** When {@link fallback} goes on, and who is told. */
export interface FallbackOptions<Provider> {
  /** The classes of failure after which the next provider is asked. Default: those after which a ladder goes on. */
  readonly passes?: ReadonlyArray<ErrorClass>
  /** Is told of each failure after which the next provider is asked. */
  readonly onFallback?: (failure: FallenOver<Provider>) => Effect.Effect<void>
}

/** A provider that failed, and the one that is asked instead. */
export interface FallenOver<Provider> {
  readonly from: Provider
  readonly to: Provider
  readonly error: unknown
}

/**
 * Asks providers in turn until one answers. Goes on after failures that the next provider may not share: those that pass,
 * refusals, spent budgets. Input that nobody takes, cancellation and defects end it at once. Fails as the last one does.
 *
 * Retries belong inside `ask`, budgets and circuit breakers too: then each provider is charged and counted by itself,
 * one whose circuit is open or whose price passes the budget is passed over at once.
 *
 * @example
 * fallback([textract, tesseract], (ocr) => ocr.recognize(image))
 */
export const fallback = <Provider, A, E, R>(
  [provider, ...others]: readonly [Provider, ...Array<Provider>],
  ask: (provider: Provider) => Effect.Effect<A, E, R>,
  options: FallbackOptions<Provider> = {}
): Effect.Effect<A, E, R> => {
  const { onFallback = () => Effect.void, passes = passingClasses } = options
  const [next, ...rest] = others
  if (next === undefined) return ask(provider)
  return Effect.catch(ask(provider), (error) =>
    passes.includes(errorClassOf(error))
      ? Effect.andThen(onFallback({ from: provider, to: next, error }), fallback([next, ...rest], ask, options))
      : Effect.fail(error)
  )
}
