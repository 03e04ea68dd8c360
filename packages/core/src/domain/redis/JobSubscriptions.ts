import * as z from "zod"
import { Uuid } from "../values.ts"
import { redisEntry } from "./RedisEntry.ts"

/** Ids of the jobs that a user follows over WebSocket: the members of the set, in any order. */
export const JobSubscriptions = z.array(Uuid)
export type JobSubscriptions = z.output<typeof JobSubscriptions>

/** `ws:subscriptions:{userId}`, a set that the application itself clears. */
export const subscriptionsEntry = redisEntry({
  pattern: "ws:subscriptions:{userId}",
  type: "set",
  lifetimeSeconds: null
})
