import { Duration, Effect } from "effect"
import type { Row } from "../EntityTable.ts"
import { type IdempotencyClaim, IdempotencyKey, type IdempotencyKeys, KeptAnswer } from "../IdempotencyKeys.ts"
import { parserFor } from "../parsing.ts"
import { RepositoryError, RowMissing } from "../RepositoryError.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import type { MemorySession } from "./MemorySession.ts"

const table = "idempotency_keys"

export const memoryIdempotencyKeys = ({ statement }: MemoryDatabase["Service"]): IdempotencyKeys["Service"] => {
  const parse = parserFor(table)
  return {
    claim: Effect.fnUntraced(function* (given, { lifetime, requestHash }) {
      const { key, userId } = yield* parse(IdempotencyKey, given)
      return yield* statement((session): IdempotencyClaim => {
        const row = session.find(table, userId, key)
        if (row !== undefined && !isExpired(row, session)) return claimOf(row, requestHash)
        session.remove(table, userId, key)
        const expiresAt = new Date(session.now.getTime() + Duration.toMillis(lifetime))
        session.insert(table, { user_id: userId, key, request_hash: requestHash, expires_at: expiresAt })
        return { _tag: "Claimed" }
      })
    }),
    answer: Effect.fnUntraced(function* (given, answer) {
      const { key, userId } = yield* parse(IdempotencyKey, given)
      const columns = yield* parse(KeptAnswer, answer)
      const row = yield* statement((session) => session.update(table, [userId, key], columns))
      if (row === undefined) return yield* new RepositoryError({ table, reason: new RowMissing({ id: key }) })
    }),
    release: Effect.fnUntraced(function* (given) {
      const { key, userId } = yield* parse(IdempotencyKey, given)
      yield* statement((session) => {
        if (session.find(table, userId, key)?.status === null) session.remove(table, userId, key)
      })
    }),
    removeExpired: statement((session) => {
      const expired = session.rows(table).filter((row) => isExpired(row, session))
      for (const { key, user_id } of expired) session.remove(table, user_id, key)
      return expired.length
    })
  }
}

const isExpired = ({ expires_at }: Row, { now }: MemorySession) => (expires_at as Date) <= now

const claimOf = (row: Row, requestHash: string): IdempotencyClaim => {
  const { body, headers, request_hash, status } = row
  if (request_hash !== requestHash) return { _tag: "Mismatched" }
  if (status === null) return { _tag: "InProgress" }
  return { _tag: "Answered", answer: KeptAnswer.parse({ status, headers, body }) }
}
