import { QueueError, QueueMisconfigured } from "@timegrid/core/queue"
import { Effect } from "effect"
import type { Redis } from "ioredis"

const patienceMs = 2_000

/**
 * Fails with `QueueMisconfigured` where Redis throws away what it was given when its memory is full. A Redis that is out
 * of reach, or does not say, is let pass with a warning.
 */
export const checkEviction = Effect.fnUntraced(function* (client: Redis) {
  const unknown = Effect.as(
    Effect.logWarning("The queue's Redis is out of reach, or does not say whether it evicts: messages may get lost"),
    null
  )
  const policy = yield* Effect.tryPromise(() => policyOf(client)).pipe(
    Effect.timeout(patienceMs),
    Effect.catch(() => unknown)
  )
  if (policy === null || policy === "noeviction") return
  const advice = `The queue's Redis evicts keys (maxmemory-policy ${policy}): set it to noeviction, or use another Redis for the queue.`
  return yield* Effect.fail(new QueueError({ reason: new QueueMisconfigured({ advice }) }))
})

/** Asked by INFO, which hosted servers allow where they forbid CONFIG. */
const policyOf = async (client: Redis): Promise<string | null> => {
  await ready(client)
  return /^maxmemory_policy:(\S+)/m.exec(await client.info("memory"))?.[1] ?? null
}

const ready = (client: Redis) =>
  client.status === "ready"
    ? Promise.resolve()
    : new Promise<void>((resolve, reject) => {
        client.once("ready", resolve)
        client.once("error", reject)
      })
