import {
  AuthenticationFailed,
  QuotaExhausted,
  RateLimited,
  RequestRejected,
  retryAfterMsOf,
  type ServiceFailure,
  ServiceTimedOut,
  ServiceUnavailable
} from "@timegrid/core"
import { APICallError, LoadAPIKeyError } from "ai"

/** What the AI SDK's errors say, whichever of its parts threw them: an answer's status, or an error inside of a stream. */
interface Symptoms {
  readonly statusCode: number | null
  readonly headers: Readonly<Record<string, string>>
  /** Everything else that the service said, as text. */
  readonly said: string
}

/** @param nowMs For a `Retry-After` that is a date. */
export const serviceFailureOf = (cause: unknown, nowMs: number): ServiceFailure => {
  if (LoadAPIKeyError.isInstance(cause)) return new AuthenticationFailed({ cause })
  const { headers, said, statusCode } = symptomsOf(cause)
  const retryAfterMs = millisecondsAsked(headers, said, nowMs)
  const retry = { ...(retryAfterMs === null ? {} : { retryAfterMs }), cause }
  if (statusCode === 402 || (statusCode !== null && isOutOfMoney.test(said))) return new QuotaExhausted({ cause })
  switch (statusCode) {
    case 401:
    case 403:
      return new AuthenticationFailed({ cause })
    case 408:
    case 504:
      return new ServiceTimedOut({ cause })
    case 429:
      return new RateLimited(retry)
  }
  // What says "conflict" or "too early" is meant to be tried again; all else below 500 will be said again.
  const isFinal = statusCode !== null && statusCode < 500 && statusCode !== 409 && statusCode !== 425
  return isFinal && statusCode >= 400 ? new RequestRejected({ cause }) : new ServiceUnavailable(retry)
}

/** How OpenAI and Anthropic say that an account is empty, which they answer with 429 and 400. */
const isOutOfMoney = /insufficient_quota|billing_error|credit balance is too low/

const symptomsOf = (error: unknown): Symptoms => {
  if (APICallError.isInstance(error)) {
    const { responseBody = "", responseHeaders = {}, statusCode } = error
    return { statusCode: statusCode ?? null, headers: responseHeaders, said: responseBody + textOf(error.data) }
  }
  const claimed: { readonly statusCode?: unknown } = typeof error === "object" && error !== null ? error : {}
  const statusCode = typeof claimed.statusCode === "number" ? claimed.statusCode : null
  return { statusCode, headers: {}, said: textOf(error) }
}

const textOf = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? ""
  } catch {
    return ""
  }
}

const millisecondsAsked = (headers: Symptoms["headers"], said: string, nowMs: number): number | null => {
  const exact = Number(headers["retry-after-ms"] ?? Number.NaN)
  if (exact >= 0) return exact
  // Google says it in the body.
  const delay = /"retryDelay"\s*:\s*"([\d.]+)s"/.exec(said)
  return retryAfterMsOf(headers["retry-after"], nowMs) ?? (delay === null ? null : Math.ceil(Number(delay[1]) * 1_000))
}
