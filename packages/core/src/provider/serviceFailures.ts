/** What can go wrong with any service that is called over a network, be it an OCR engine or a language model. */
import { Data } from "effect"

/** The service asks to wait before the next call. */
export class RateLimited extends Data.TaggedError("RateLimited")<{
  /** What it asked for (`Retry-After`); absent where it did not say. */
  readonly retryAfterMs?: number
  readonly cause?: unknown
}> {
  readonly code = "rate_limited"
  readonly isRetryable = true
}

/** The service failed, is overloaded, cannot be reached, or broke off in the middle of its answer. */
export class ServiceUnavailable extends Data.TaggedError("ServiceUnavailable")<{
  /** What it asked to wait (`Retry-After`); absent where it did not say. */
  readonly retryAfterMs?: number
  readonly cause?: unknown
}> {
  readonly code = "unavailable"
  readonly isRetryable = true
}

/** The service, or a gateway before it, says that an answer took too long. */
export class ServiceTimedOut extends Data.TaggedError("ServiceTimedOut")<{ readonly cause?: unknown }> {
  readonly code = "timeout"
  readonly isRetryable = true
}

/** The service does not take the key, or the key may not do this; only a person can mend it. */
export class AuthenticationFailed extends Data.TaggedError("AuthenticationFailed")<{ readonly cause?: unknown }> {
  readonly code = "refused"
  readonly isRetryable = false
}

/** The account has no money or quota left, which waiting does not bring back. */
export class QuotaExhausted extends Data.TaggedError("QuotaExhausted")<{ readonly cause?: unknown }> {
  readonly code = "budget_exceeded"
  readonly isRetryable = false
}

/** The service will never answer this request: it is too large, malformed, or names what is not there. */
export class RequestRejected extends Data.TaggedError("RequestRejected")<{ readonly cause?: unknown }> {
  readonly code = "refused"
  readonly isRetryable = false
}

/** Any failure of a service as such, apart from what it answers. */
export type ServiceFailure =
  | RateLimited
  | ServiceUnavailable
  | ServiceTimedOut
  | AuthenticationFailed
  | QuotaExhausted
  | RequestRejected
