import { Effect } from "effect"

/** A client that sends for longer, or more, is cut off. */
const patience = "20 seconds"
const mostBytes = 32 * 1024 * 1024

/**
 * Reads what a client is still sending and keeps nothing of it: one that is answered in the middle of its sending may see
 * a broken connection instead of the answer, and so not when to come again.
 */
export const discardBody = ({ body }: Request): Effect.Effect<void> => {
  if (body === null || body.locked) return Effect.void
  const read = Effect.tryPromise(async (signal) => {
    let bytes = 0
    for await (const part of body) {
      bytes += part.byteLength
      if (signal.aborted || bytes > mostBytes) return
    }
  })
  return Effect.ignore(Effect.timeout(read, patience))
}
