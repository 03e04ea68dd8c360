import * as z from "zod"
import { redisEntry } from "./RedisEntry.ts"

/** Requests that a user made of one endpoint in the running hour. */
export const RateLimitCount = z.int().min(0)
export type RateLimitCount = z.output<typeof RateLimitCount>

/** Between the counter's digits in Redis and {@link RateLimitCount}. */
export const RateLimitCountCodec = z.codec(z.string().regex(/^(0|[1-9]\d*)$/), RateLimitCount, {
  decode: Number,
  encode: String
})

/** `ratelimit:{userId}:{endpoint}`, a counter for 1 hour; the endpoint is a path such as `/api/v1/documents/upload`. */
export const rateLimitEntry = redisEntry({
  pattern: "ratelimit:{userId}:{endpoint}",
  type: "string",
  lifetimeSeconds: 3600
})
