import { Data } from "effect"

/** The store could not be reached or did not answer in time. */
export class BlobStoreUnavailable extends Data.TaggedError("BlobStoreUnavailable")<{ readonly cause: unknown }> {
  readonly code = "unavailable"
  readonly isRetryable = true
}

/** The store will not take or give these bytes: no permission, no space, a key that it cannot hold. */
export class BlobRefused extends Data.TaggedError("BlobRefused")<{ readonly cause: unknown }> {
  readonly code = "refused"
  readonly isRetryable = false
}

/** Every failure of `BlobStore`. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. */
export class BlobError extends Data.TaggedError("BlobError")<{
  readonly key: string
  readonly reason: BlobStoreUnavailable | BlobRefused
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
