import { Effect, Option } from "effect"
import { type UserFilter, type Users, userTable } from "../Users.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import { equal, matching } from "./matching.ts"
import { memoryRepository } from "./memoryRepository.ts"

export const memoryUsers = (database: MemoryDatabase["Service"]): Users["Service"] => {
  const findCredentials = Effect.fnUntraced(function* (email: string) {
    const wanted = email.toLowerCase()
    const row = yield* database.statement((session) =>
      session.rows("users").find((row) => String(row.email).toLowerCase() === wanted)
    )
    if (row === undefined) return Option.none()
    return Option.some({ user: yield* userTable.entityOf(row), passwordHash: String(row.password_hash) })
  })
  return {
    ...memoryRepository(database, userTable, matching<UserFilter>({ role: equal("role") })),
    findCredentials,
    findByEmail: (email) =>
      Effect.map(
        findCredentials(email),
        Option.map(({ user }) => user)
      )
  }
}
