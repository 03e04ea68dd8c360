import { type ApiKeyFilter, type ApiKeys, apiKeyTable } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { type Conditions, equal } from "./conditions.ts"
import { firstOf, postgresRepository, storedColumns } from "./postgresRepository.ts"

const conditions: Conditions<ApiKeyFilter> = { userId: equal("user_id") }

export const postgresApiKeys = (database: PostgresDatabase["Service"]): ApiKeys["Service"] => {
  const { name, sql } = database
  const columns = sql.literal(storedColumns(apiKeyTable))
  const first = firstOf(database, apiKeyTable)
  return {
    ...postgresRepository(database, apiKeyTable, conditions),
    use: Effect.fnUntraced(function* (secretHash) {
      // No row has such a text, and Postgres would not take it.
      if (secretHash.includes("\0")) return Option.none()
      const isValid = sql`secret_hash = ${secretHash} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`
      const noted = yield* first(
        sql`UPDATE ${name("api_keys")} SET last_used_at = now()
          WHERE ${isValid} AND (last_used_at IS NULL OR last_used_at <= now() - interval '1 minute') RETURNING ${columns}`
      )
      return Option.isSome(noted)
        ? noted
        : yield* first(sql`SELECT ${columns} FROM ${name("api_keys")} WHERE ${isValid}`)
    })
  }
}
