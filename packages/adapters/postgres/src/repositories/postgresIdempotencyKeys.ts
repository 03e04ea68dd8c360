import { PgTypes } from "@effect/sql-pg"
import {
  type IdempotencyClaim,
  IdempotencyKey,
  type IdempotencyKeys,
  KeptAnswer,
  parserFor,
  RepositoryError,
  RowMissing
} from "@timegrid/core/repository"
import { Duration, Effect } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { span } from "./spans.ts"

const table = "idempotency_keys"

export const postgresIdempotencyKeys = ({
  count,
  name,
  run,
  sql
}: PostgresDatabase["Service"]): IdempotencyKeys["Service"] => {
  const parse = parserFor(table)
  const keys = name(table)
  const claim: IdempotencyKeys["Service"]["claim"] = Effect.fnUntraced(function* (given, request) {
    const { key, userId } = yield* parse(IdempotencyKey, given)
    const { lifetime, requestHash } = request
    const claimed = yield* count(
      table,
      sql`INSERT INTO ${keys} AS kept (user_id, key, request_hash, expires_at)
        VALUES (${userId}, ${key}, ${requestHash}, now() + ${span(sql, Duration.toMillis(lifetime))})
        ON CONFLICT (user_id, key) DO UPDATE
          SET request_hash = excluded.request_hash, expires_at = excluded.expires_at, created_at = now(),
            status = NULL, headers = NULL, body = NULL
          WHERE kept.expires_at <= now()`
    )
    if (claimed > 0) return { _tag: "Claimed" }
    const [row] = yield* run(
      table,
      sql`SELECT request_hash, status, headers, body FROM ${keys} WHERE user_id = ${userId} AND key = ${key}`
    )
    // Given back since the statement before.
    if (row === undefined) return yield* claim(given, request)
    const { request_hash, ...answer } = row
    if (request_hash !== requestHash) return { _tag: "Mismatched" }
    if (answer.status === null) return { _tag: "InProgress" }
    return { _tag: "Answered", answer: yield* parse(KeptAnswer, answer) } satisfies IdempotencyClaim
  })
  return {
    claim,
    answer: Effect.fnUntraced(function* (given, answer) {
      const { key, userId } = yield* parse(IdempotencyKey, given)
      const { body, headers, status } = yield* parse(KeptAnswer, answer)
      const answered = yield* count(
        table,
        sql`UPDATE ${keys} SET status = ${status}, headers = ${sql.json(headers)}, body = ${jsonOf(body)}
          WHERE user_id = ${userId} AND key = ${key}`
      )
      if (answered === 0) return yield* new RepositoryError({ table, reason: new RowMissing({ id: key }) })
    }),
    release: Effect.fnUntraced(function* (given) {
      const { key, userId } = yield* parse(IdempotencyKey, given)
      yield* run(table, sql`DELETE FROM ${keys} WHERE user_id = ${userId} AND key = ${key} AND status IS NULL`)
    }),
    removeExpired: count(table, sql`DELETE FROM ${keys} WHERE expires_at <= now()`)
  }
}

// A body may be the JSON value null, which is not the NULL of SQL; it comes back as one null or the other.
const jsonOf = (body: unknown) => PgTypes.jsonb(body)
