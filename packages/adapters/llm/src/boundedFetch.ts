import { AnswerTooLong } from "@timegrid/core"

/** More than any answer about a page, with all that a format puts around its pieces. */
const limitBytes = 16 * 1024 * 1024

/**
 * `fetch`, except that a response fails with `AnswerTooLong` once it has more bytes than any answer needs, and that no
 * redirect is followed: keys in headers of their own would go along.
 */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: "error" })
  return response.body === null ? response : new Response(response.body.pipeThrough(bounded()), response)
}

const bounded = (): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> => {
  let bytes = 0
  return new TransformStream({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength
      if (bytes > limitBytes) controller.error(new AnswerTooLong({ limit: limitBytes, unit: "bytes" }))
      else controller.enqueue(chunk)
    }
  })
}

/** The `AnswerTooLong` among what led to an error, if there is one. */
export const tooLongIn = (error: unknown): AnswerTooLong | null => {
  for (let cause = error, depth = 0; cause instanceof Error && depth < deepestCause; cause = cause.cause, depth++) {
    if (cause instanceof AnswerTooLong) return cause
  }
  return null
}

/** Errors lead to each other, in the worst case in a circle. */
const deepestCause = 8
