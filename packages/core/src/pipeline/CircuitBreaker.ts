/** A call that was let through, or for how long none will be. */
export type Entry =
  | { readonly isOpen: false; readonly isTrial: boolean }
  | { readonly isOpen: true; readonly restMs: number }

/**
 * Leaves a provider alone that keeps failing. Closed, it lets calls through and counts passing failures in a row; at
 * the limit it opens for a while, then lets a single call through as a trial: how that ends closes it or opens it again.
 */
export class CircuitBreaker {
  readonly #failureLimit: number
  readonly #restMs: number
  #failures = 0
  #openUntilMs: number | null = null
  #isTrying = false

  constructor(failureLimit: number, restMs: number) {
    this.#failureLimit = failureLimit
    this.#restMs = restMs
  }

  /** Whoever is let through must {@link report}. */
  enter(nowMs: number): Entry {
    if (this.#openUntilMs === null) return { isOpen: false, isTrial: false }
    if (nowMs < this.#openUntilMs) return { isOpen: true, restMs: this.#openUntilMs - nowMs }
    if (this.#isTrying) return { isOpen: true, restMs: this.#restMs }
    this.#isTrying = true
    return { isOpen: false, isTrial: true }
  }

  /** How a call that entered has ended; `unknown` when it was given up, which tells nothing of the provider. */
  report(isTrial: boolean, outcome: "well" | "failed" | "unknown", nowMs: number): void {
    if (isTrial) this.#isTrying = false
    // Calls from before it opened say nothing new.
    else if (this.#openUntilMs !== null) return
    if (outcome === "well") {
      this.#failures = 0
      this.#openUntilMs = null
    } else if (outcome === "failed") {
      this.#failures += 1
      if (isTrial || this.#failures >= this.#failureLimit) this.#openUntilMs = nowMs + this.#restMs
    }
  }
}
