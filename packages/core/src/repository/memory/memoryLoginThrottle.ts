import { Duration, Effect } from "effect"
import type { Row } from "../EntityTable.ts"
import { type LoginThrottle, type Throttled, ThrottleKey, throttlePolicyOf } from "../LoginThrottle.ts"
import { parserFor } from "../parsing.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"

const table = "login_throttle"

export const memoryLoginThrottle = ({ statement }: MemoryDatabase["Service"]): LoginThrottle["Service"] => {
  const keyOf = (key: string) => parserFor(table)(ThrottleKey, key)
  return {
    check: Effect.fnUntraced(function* (given) {
      const key = yield* keyOf(given)
      return yield* statement((session) => throttledOf(session.find(table, key), session.now))
    }),
    recordFailure: Effect.fnUntraced(function* (given, policy) {
      const key = yield* keyOf(given)
      const { firstLockMs, freeFailures, longestLockMs, memoryMs } = throttlePolicyOf(policy)
      return yield* statement((session) => {
        const now = session.now.getTime()
        const row = session.find(table, key)
        const counts = row !== undefined && millisecondsOf(row.first_failure_at) > now - memoryMs
        const failures = counts ? Number(row.failures) + 1 : 1
        const lockMs =
          failures > freeFailures ? Math.min(longestLockMs, firstLockMs * 2 ** (failures - freeFailures - 1)) : 0
        const columns = {
          failures,
          first_failure_at: counts ? row.first_failure_at : session.now,
          locked_until: lockMs === 0 ? null : new Date(now + lockMs)
        }
        const written = session.update(table, [key], columns) ?? session.insert(table, { key, ...columns })
        return throttledOf(written, session.now)
      })
    }),
    clear: Effect.fnUntraced(function* (given) {
      const key = yield* keyOf(given)
      yield* statement((session) => session.remove(table, key))
    }),
    removeOlder: (age) =>
      statement((session) => {
        const limit = session.now.getTime() - Duration.toMillis(age)
        const old = session
          .rows(table)
          .filter((row) => millisecondsOf(row.first_failure_at) < limit && throttledOf(row, session.now).lockedMs === 0)
        for (const { key } of old) session.remove(table, key)
        return old.length
      })
  }
}

const millisecondsOf = (moment: unknown) => (moment instanceof Date ? moment.getTime() : 0)

const throttledOf = (row: Row | undefined, now: Date): Throttled => ({
  failures: Number(row?.failures ?? 0),
  lockedMs: Math.max(0, millisecondsOf(row?.locked_until) - now.getTime())
})
