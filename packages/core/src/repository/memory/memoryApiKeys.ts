import { Effect, Option } from "effect"
import { type ApiKeyFilter, type ApiKeys, apiKeyTable } from "../ApiKeys.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import { equal, matching } from "./matching.ts"
import { memoryRepository } from "./memoryRepository.ts"

const minuteMs = 60_000

export const memoryApiKeys = (database: MemoryDatabase["Service"]): ApiKeys["Service"] => ({
  ...memoryRepository(database, apiKeyTable, matching<ApiKeyFilter>({ userId: equal("user_id") })),
  use: Effect.fnUntraced(function* (secretHash) {
    const row = yield* database.statement((session) => {
      const isLate = (moment: unknown, now = session.now.getTime()) => moment instanceof Date && moment.getTime() <= now
      const row = session.rows("api_keys").find((row) => row.secret_hash === secretHash)
      if (row === undefined || row.revoked_at !== null || isLate(row.expires_at)) return undefined
      const noted = row.last_used_at
      if (noted instanceof Date && !isLate(noted, session.now.getTime() - minuteMs)) return row
      return session.update("api_keys", [row.id], { last_used_at: session.now })
    })
    return row === undefined ? Option.none() : Option.some(yield* apiKeyTable.entityOf(row))
  })
})
