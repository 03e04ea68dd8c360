import { Context, Duration, Semaphore } from "effect"
import { CircuitBreaker } from "./CircuitBreaker.ts"

/** How one provider is treated. */
export interface ProviderLimits {
  /** Calls at once, over all runs; more wait their turn. Default 8. */
  readonly concurrency: number
  /** Passing failures in a row after which the provider is left alone. Default 5. */
  readonly failures: number
  /** For how long; then a single call tries it. Default 30 seconds. */
  readonly rest: Duration.Input
}

/** The defaults of every field. */
export const defaultProviderLimits: ProviderLimits = { concurrency: 8, failures: 5, rest: "30 seconds" }

/** What all calls of one provider go through. */
export interface ProviderGate {
  readonly permits: Semaphore.Semaphore
  readonly breaker: CircuitBreaker
}

/** The gate of each provider by its name. */
export interface ProviderGatesShape {
  readonly gateOf: (provider: string) => ProviderGate
}

/**
 * Gates of their own, with limits by the provider's name.
 *
 * @example
 * Effect.provideService(program, ProviderGates, makeProviderGates({ anthropic: { concurrency: 2 } }))
 */
export const makeProviderGates = (
  limits: Readonly<Record<string, Partial<ProviderLimits>>> = {}
): ProviderGatesShape => {
  const gates = new Map<string, ProviderGate>()
  return {
    gateOf: (provider) => {
      const known = gates.get(provider)
      if (known !== undefined) return known
      const { concurrency, failures, rest } = { ...defaultProviderLimits, ...limits[provider] }
      const gate = {
        permits: Semaphore.makeUnsafe(concurrency),
        breaker: new CircuitBreaker(failures, Duration.toMillis(Duration.fromInputUnsafe(rest)))
      }
      gates.set(provider, gate)
      return gate
    }
  }
}

/** The gates in use. Unless provided, all runs of the process share those with default limits. */
export const ProviderGates: Context.Reference<ProviderGatesShape> = Context.Reference(
  "@timegrid/core/pipeline/ProviderGates",
  { defaultValue: () => makeProviderGates() }
)
