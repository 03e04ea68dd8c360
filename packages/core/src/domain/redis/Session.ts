import * as z from "zod"
import { UserRole } from "../User.ts"
import { Email, Timestamp, Uuid } from "../values.ts"
import { daySeconds, redisEntry } from "./RedisEntry.ts"

/** The hash of a user's session; further fields are texts. The role is for display: rights come from the database. */
export const Session = z
  .object({ userId: Uuid, email: Email, role: UserRole, lastAccess: Timestamp })
  .catchall(z.string())
export type Session = z.output<typeof Session>

/** `session:{userId}`, a hash for 7 days. */
export const sessionEntry = redisEntry({
  pattern: "session:{userId}",
  type: "hash",
  lifetimeSeconds: 7 * daySeconds
})
