import {
  type LoginThrottle,
  parserFor,
  type Row,
  type Throttled,
  ThrottleKey,
  throttlePolicyOf
} from "@timegrid/core/repository"
import { Duration, Effect } from "effect"
import type { Statement } from "effect/sql"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { ago, span } from "./spans.ts"

const table = "login_throttle"

// The power of two stops where every lock is longer than any that a policy allows.
const mostDoublings = 60

export const postgresLoginThrottle = ({
  count,
  name,
  run,
  sql
}: PostgresDatabase["Service"]): LoginThrottle["Service"] => {
  const keyOf = (key: string) => parserFor(table)(ThrottleKey, key)
  const throttles = name(table)
  const state = sql.literal(
    "failures, GREATEST(0, extract(epoch FROM COALESCE(locked_until, now()) - now()) * 1000)::float8 AS locked_ms"
  )
  return {
    check: Effect.fnUntraced(function* (given) {
      const key = yield* keyOf(given)
      const [row] = yield* run(table, sql`SELECT ${state} FROM ${throttles} WHERE key = ${key}`)
      return throttledOf(row)
    }),
    recordFailure: Effect.fnUntraced(function* (given, policy) {
      const key = yield* keyOf(given)
      const { firstLockMs, freeFailures, longestLockMs, memoryMs } = throttlePolicyOf(policy)
      const lockAfter = (failures: Statement.Fragment) => {
        const doublings = sql`LEAST(${failures} - ${freeFailures} - 1, ${mostDoublings})`
        const lockMs = sql`LEAST(${longestLockMs}::float8, ${firstLockMs}::float8 * power(2::float8, ${doublings}))`
        return sql`CASE WHEN ${failures} > ${freeFailures} AND ${lockMs} > 0
          THEN now() + ${lockMs} * interval '1 millisecond' END`
      }
      const counts = sql`known.first_failure_at > ${ago(sql, memoryMs)}`
      const failures = sql`(CASE WHEN ${counts} THEN known.failures + 1 ELSE 1 END)`
      const [row] = yield* run(
        table,
        sql`INSERT INTO ${throttles} AS known (key, failures, locked_until) VALUES (${key}, 1, ${lockAfter(sql`1`)})
          ON CONFLICT (key) DO UPDATE SET failures = ${failures}, locked_until = ${lockAfter(failures)},
            first_failure_at = CASE WHEN ${counts} THEN known.first_failure_at ELSE now() END
          RETURNING ${state}`
      )
      return throttledOf(row)
    }),
    clear: Effect.fnUntraced(function* (given) {
      const key = yield* keyOf(given)
      yield* run(table, sql`DELETE FROM ${throttles} WHERE key = ${key}`)
    }),
    removeOlder: (age) =>
      count(
        table,
        sql`DELETE FROM ${throttles} WHERE first_failure_at < now() - ${span(sql, Duration.toMillis(age))}
          AND COALESCE(locked_until, now()) <= now()`
      )
  }
}

const throttledOf = ({ failures, locked_ms }: Row = {}): Throttled => ({
  failures: Number(failures ?? 0),
  lockedMs: Math.ceil(Number(locked_ms ?? 0))
})
