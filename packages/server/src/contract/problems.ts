/** What an answer says when a request cannot be served: RFC 9457, with a code that does not change. */
import * as z from "zod"

/** Every code of a problem, and the status that it comes with. */
export const problemStatus = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale_version: 412,
  version_required: 428,
  validation_failed: 422,
  malformed_request: 400,
  idempotency_mismatch: 422,
  idempotency_in_progress: 409,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
  type_mismatch: 415,
  unsupported_type: 415,
  empty_file: 422,
  file_too_large: 413,
  document_encrypted: 422,
  corrupt_file: 422,
  image_too_large: 422,
  decompression_bomb: 422,
  too_many_pages: 422,
  active_content: 422,
  processing_timeout: 422
} as const

/** A stable name of what went wrong; branch on it. */
export const ProblemCode = z.enum(Object.keys(problemStatus) as [ProblemCode, ...Array<ProblemCode>])
export type ProblemCode = keyof typeof problemStatus

/** One fault of a request. */
export const FieldProblem = z.object({
  /** A JSON pointer (RFC 6901) into the body, or `/query/…`, `/path/…`, `/header/…`. */
  pointer: z.string(),
  message: z.string()
})
export type FieldProblem = z.output<typeof FieldProblem>

/** The body of every answer that is not a success; its media type is `application/problem+json`. */
export const ProblemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** One sentence on this occurrence. */
  detail: z.string().optional(),
  code: ProblemCode,
  requestId: z.string(),
  errors: z.array(FieldProblem).optional()
})
export type ProblemBody = z.output<typeof ProblemBody>
