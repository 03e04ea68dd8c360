import { Data } from "effect"
import type { BlobCapability } from "./BlobCapability.ts"

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

/** The bytes are not those of the checksum; what was to be put was not. */
export class BlobCorrupt extends Data.TaggedError("BlobCorrupt")<{
  /** SHA-256 in lower-case hexadecimal, as are all. */
  readonly expected: string
  readonly actual: string
}> {
  readonly code = "corrupt_blob"
  readonly isRetryable = false
}

/** There are more bytes than the caller allows; nothing was put. */
export class BlobTooLarge extends Data.TaggedError("BlobTooLarge")<{ readonly maxBytes: number }> {
  readonly code = "file_too_large"
  readonly isRetryable = false
}

/** The store's server cannot do that; see `BlobStore.capabilities`. */
export class BlobUnsupported extends Data.TaggedError("BlobUnsupported")<{ readonly capability: BlobCapability }> {
  readonly code = "unsupported"
  readonly isRetryable = false
}

/** Why a blob store failed. */
export type BlobFailure = BlobStoreUnavailable | BlobRefused | BlobCorrupt | BlobTooLarge | BlobUnsupported

/** Every failure of `BlobStore`. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. */
export class BlobError extends Data.TaggedError("BlobError")<{
  readonly key: string
  readonly reason: BlobFailure
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
