import { type UserFilter, type Users, userTable } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { type Conditions, equal } from "./conditions.ts"
import { postgresRepository, storedColumns } from "./postgresRepository.ts"

const conditions: Conditions<UserFilter> = { role: equal("role") }

export const postgresUsers = (database: PostgresDatabase["Service"]): Users["Service"] => {
  const { name, run, sql } = database
  const findCredentials = Effect.fnUntraced(function* (email: string) {
    // No row has such a text, and Postgres would not take it.
    if (email.includes("\0")) return Option.none()
    const [row] = yield* run(
      "users",
      sql`SELECT ${sql.literal(storedColumns(userTable))}, password_hash FROM ${name("users")}
        WHERE lower(email) = lower(${email})`
    )
    if (row === undefined) return Option.none()
    return Option.some({ user: yield* userTable.entityOf(row), passwordHash: String(row.password_hash) })
  })
  return {
    ...postgresRepository(database, userTable, conditions),
    findCredentials,
    findByEmail: (email) =>
      Effect.map(
        findCredentials(email),
        Option.map(({ user }) => user)
      )
  }
}
