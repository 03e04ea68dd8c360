import { Data } from "effect"

/** The cache could not be reached or did not answer in time. */
export class CacheUnavailable extends Data.TaggedError("CacheUnavailable")<{ readonly cause: unknown }> {
  readonly code = "unavailable"
  readonly isRetryable = true
}

/** The cache will not take this value: no permission, no space, too large. */
export class CacheRefused extends Data.TaggedError("CacheRefused")<{ readonly cause: unknown }> {
  readonly code = "refused"
  readonly isRetryable = false
}

/** Every failure of `Cache`. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. */
export class CacheError extends Data.TaggedError("CacheError")<{
  readonly key: string
  readonly reason: CacheUnavailable | CacheRefused
}> {
  override readonly cause = this.reason
  override readonly message = `${this.key}: ${this.reason._tag}`
  get code() {
    return this.reason.code
  }
  get isRetryable() {
    return this.reason.isRetryable
  }
}
