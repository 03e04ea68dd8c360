import { Data } from "effect"
import { type FieldProblem, type ProblemBody, type ProblemCode, problemStatus } from "../contract/problems.ts"

const titles: Readonly<Record<ProblemCode, string>> = {
  unauthenticated: "Sign in first.",
  forbidden: "This is not for you to do.",
  not_found: "There is no such thing, or it is not yours.",
  conflict: "It conflicts with what is there.",
  stale_version: "Somebody has changed it since you read it.",
  version_required: "Say which version you mean: send If-Match.",
  validation_failed: "Some of the values are not valid.",
  malformed_request: "The request cannot be read.",
  idempotency_mismatch: "This Idempotency-Key came with another request.",
  idempotency_in_progress: "The first request with this Idempotency-Key is still being served.",
  too_many_requests: "Too many requests.",
  unavailable: "The service cannot do this at the moment.",
  internal: "Something went wrong here.",
  type_mismatch: "The file is not what its type says.",
  unsupported_type: "Files of this type are not read.",
  empty_file: "The file is empty.",
  file_too_large: "The file is too large.",
  document_encrypted: "The document is encrypted.",
  corrupt_file: "The file is damaged.",
  image_too_large: "The image is too large.",
  decompression_bomb: "The file unpacks to far more than it should.",
  too_many_pages: "The document has too many pages.",
  active_content: "The document carries active content.",
  processing_timeout: "Reading the document took too long."
}

/** Why a request is not served; becomes the answer. */
export class Problem extends Data.TaggedError("Problem")<{
  readonly code: ProblemCode
  /** One sentence on this occurrence. */
  readonly detail?: string
  readonly errors?: ReadonlyArray<FieldProblem>
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}> {
  override readonly message = this.detail ?? titles[this.code]
  get status() {
    return problemStatus[this.code]
  }
}

/** The answer's body. */
export const problemBody = ({ code, detail, errors, status }: Problem, requestId: string): ProblemBody => ({
  type: `urn:timegrid:problem:${code}`,
  title: titles[code],
  status,
  ...(detail === undefined ? {} : { detail }),
  code,
  requestId,
  ...(errors === undefined ? {} : { errors: [...errors] })
})
