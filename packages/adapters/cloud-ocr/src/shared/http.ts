/** One HTTP request and its whole answer, with failures told apart by what can be done about them. */
import {
  AuthenticationFailed,
  type OcrErrorReason,
  QuotaExhausted,
  RateLimited,
  RequestRejected,
  ResponseTooLarge,
  retryAfterMsOf,
  ServiceTimedOut,
  ServiceUnavailable,
  UnreadableImage
} from "@timegrid/core"
import { Clock, Effect } from "effect"
import { printable } from "./printable.ts"

/** What is sent. */
export interface HttpRequest {
  readonly method: "GET" | "POST"
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

/** What came back, whole. */
export interface HttpAnswer {
  readonly status: number
  /** The value of a header, or null. */
  readonly header: (name: string) => string | null
  readonly body: Uint8Array
}

/** An answer that is no success; kept as the cause of what it is taken for. */
class ServiceAnswer extends Error {
  readonly status: number

  constructor(status: number, said: string) {
    super(said === "" ? `HTTP ${status}` : `HTTP ${status}: ${said}`)
    this.name = "ServiceAnswer"
    this.status = status
  }
}

/**
 * Sends a request and reads its answer, whatever its status. Interruption aborts both. Fails with `ServiceUnavailable`
 * where the service cannot be reached or breaks off, with `ResponseTooLarge` past `limitBytes`. Redirects are answers
 * like others: a key is never sent on.
 */
export const send = (
  request: HttpRequest,
  limitBytes: number
): Effect.Effect<HttpAnswer, ServiceUnavailable | ResponseTooLarge> =>
  Effect.tryPromise({
    try: (signal) => exchange(request, limitBytes, signal),
    catch: (cause) => (cause instanceof ResponseTooLarge ? cause : new ServiceUnavailable({ cause }))
  })

const exchange = async (
  { url, ...request }: HttpRequest,
  limitBytes: number,
  signal: AbortSignal
): Promise<HttpAnswer> => {
  const response = await fetch(url, { ...request, redirect: "manual", signal })
  const chunks: Array<Uint8Array> = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > limitBytes) throw new ResponseTooLarge({ limitBytes })
    chunks.push(chunk)
  }
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    body: Buffer.concat(chunks)
  }
}

/** Whether the service did what it was asked. */
export const isSuccess = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300

/** What an answer that is no success amounts to by its status alone. */
export const failureOf = (answer: HttpAnswer, said = textOf(answer)): Effect.Effect<OcrErrorReason> =>
  Effect.map(Clock.currentTimeMillis, (nowMs) => {
    const { status } = answer
    const cause = new ServiceAnswer(status, said)
    const retryAfterMs = retryAfterMsOf(answer.header("retry-after"), nowMs)
    const wait = retryAfterMs === null ? {} : { retryAfterMs }
    switch (status) {
      case 401:
      case 403:
        return new AuthenticationFailed({ cause })
      case 402:
        return new QuotaExhausted({ cause })
      case 408:
      case 504:
        return new ServiceTimedOut({ cause })
      case 413:
      case 415:
      case 422:
        return new UnreadableImage({ cause })
      case 429:
        return new RateLimited({ ...wait, cause })
      default:
        return status >= 500 ? new ServiceUnavailable({ ...wait, cause }) : new RequestRejected({ cause })
    }
  })

const textOf = ({ body }: HttpAnswer): string => printable(new TextDecoder().decode(body.subarray(0, 1_000)))
