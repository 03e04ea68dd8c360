/** Tables that guard the door: repeated requests and guessed passwords. */
import type { MemoryTable } from "../MemoryTable.ts"

export const idempotencyKeys: MemoryTable = {
  name: "idempotency_keys",
  key: ["user_id", "key"],
  defaults: ({ now }) => ({ status: null, headers: null, body: null, created_at: now }),
  references: [{ constraint: "idempotency_keys_user_id_fkey", column: "user_id", table: "users", onRemove: "remove" }]
}

export const loginThrottle: MemoryTable = {
  name: "login_throttle",
  key: ["key"],
  defaults: ({ now }) => ({ failures: 0, first_failure_at: now, locked_until: null })
}
