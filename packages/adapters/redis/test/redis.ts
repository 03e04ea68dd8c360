import { randomUUID } from "node:crypto"
import { Duration, Effect } from "effect"
import { Redis } from "ioredis"
import { inject } from "vitest"
import { RedisClient } from "../src/index.ts"

/** Of the Redis that these tests share; null where none could be had. */
export const redisUrl = inject("redisUrl")

/** Keys of one test file alone, in the shared Redis. */
export const ownRedis = () => {
  const prefix = `test:${randomUUID()}:`
  const url = redisUrl ?? "redis://none.invalid"
  return {
    prefix,
    // A busy machine is not one that is gone.
    layer: RedisClient.layer({ url, prefix, commandTimeoutMs: 30_000, connectTimeoutMs: 30_000 }),
    /** Lets time pass for every key with the prefix: each has that much less to live. */
    age: (duration: Duration.Duration) => Effect.promise(() => ageKeys(url, prefix, Duration.toMillis(duration)))
  }
}

const ageKeys = async (url: string, prefix: string, milliseconds: number) => {
  const client = new Redis(url)
  try {
    for (const key of await client.keys(`${prefix}*`)) {
      const left = await client.pttl(key)
      if (left >= 0) await client.pexpire(key, left - milliseconds)
    }
  } finally {
    client.disconnect()
  }
}
