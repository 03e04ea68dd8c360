/** What kind of failure an error is; retries, fallbacks and charges follow from it. */
import { documentErrorCodes } from "../document/DocumentError.ts"

/**
 * `transient`: may well work the next time; `rate_limited`: will work after a while; `refused`: this provider will not
 * do this; `invalid_input`: nobody will, with this input; `budget`: would pass a limit of the run; `cancelled`: someone
 * asked to stop; `defect`: a fault in the program.
 */
export const errorClasses = [
  "transient",
  "rate_limited",
  "refused",
  "invalid_input",
  "budget",
  "cancelled",
  "defect"
] as const

/** One of {@link errorClasses}. */
export type ErrorClass = (typeof errorClasses)[number]

/** The classes of failure after which another provider may still succeed. */
export const passingClasses: ReadonlyArray<ErrorClass> = ["transient", "rate_limited", "refused", "budget"]

/** What an error may say of itself; errors of stages of one's own need not. */
export interface ClassifiedError {
  /** Decides, when it is there. */
  readonly errorClass?: ErrorClass
  /** One of the stable error codes. */
  readonly code?: string
  /** Whether the same call may succeed later. */
  readonly isRetryable?: boolean
  /** What the server asked to wait, in milliseconds (`Retry-After`). */
  readonly retryAfterMs?: number
}

const classesByCode: Readonly<Record<string, ErrorClass>> = {
  ...Object.fromEntries(documentErrorCodes.map((code) => [code, "invalid_input"] as const)),
  processing_timeout: "transient",
  rate_limited: "rate_limited",
  unavailable: "transient",
  timeout: "transient",
  refused: "refused",
  truncated: "refused",
  schema_mismatch: "refused",
  budget_exceeded: "budget",
  cancelled: "cancelled"
}

/**
 * The class of an error: what it says itself (`errorClass`), what its `code` means, whether it `isRetryable`; else
 * `otherwise`, by default `refused`, which nobody retries. What says that it is not retryable is never `transient`.
 */
export const errorClassOf = (error: unknown, otherwise: ErrorClass = "refused"): ErrorClass => {
  const { code, errorClass, isRetryable } = claims(error)
  if (errorClass !== undefined) return errorClass
  const known = code === undefined ? undefined : classesByCode[code]
  if (known !== undefined && !(known === "transient" && isRetryable === false)) return known
  return isRetryable === undefined ? otherwise : isRetryable ? "transient" : "refused"
}

/** The stable code of an error, or `otherwise`. */
export const errorCodeOf = (error: unknown, otherwise: string): string => claims(error).code ?? otherwise

/** What events and journals say of an error. */
export const describeError = (
  error: unknown
): { readonly code: string; readonly errorClass: ErrorClass; readonly message: string } => ({
  code: errorCodeOf(error, "stage_failed"),
  errorClass: errorClassOf(error),
  message: error instanceof Error ? error.message : String(error)
})

/** What the server asked to wait, in milliseconds; null where it did not say. */
export const retryAfterOf = (error: unknown): number | null => claims(error).retryAfterMs ?? null

/** Only what has the type it should: errors come from anywhere. */
const claims = (error: unknown): ClassifiedError => {
  if (typeof error !== "object" || error === null) return {}
  const claimed: { readonly [Key in keyof ClassifiedError]?: unknown } = error
  const reason: { readonly retryAfterMs?: unknown } =
    "reason" in error && typeof error.reason === "object" && error.reason !== null ? error.reason : {}
  const retryAfterMs = claimed.retryAfterMs ?? reason.retryAfterMs
  return {
    ...(errorClasses.some((each) => each === claimed.errorClass) && { errorClass: claimed.errorClass as ErrorClass }),
    ...(typeof claimed.code === "string" && { code: claimed.code }),
    ...(typeof claimed.isRetryable === "boolean" && { isRetryable: claimed.isRetryable }),
    ...(typeof retryAfterMs === "number" && retryAfterMs >= 0 && { retryAfterMs })
  }
}
