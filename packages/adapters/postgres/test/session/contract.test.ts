import { randomUUID } from "node:crypto"
import { sessionStoreContract } from "@timegrid/testing"
import { Duration, Effect, Layer } from "effect"
import { describe } from "vitest"
import { PostgresDatabase } from "../../src/database/PostgresDatabase.ts"
import * as PostgresSessionStore from "../../src/session/PostgresSessionStore.ts"
import { freshPostgres, postgresUrl } from "../support/freshPostgres.ts"

describe.skipIf(postgresUrl === null)("on a real PostgreSQL", () => {
  sessionStoreContract("Postgres", Layer.provideMerge(PostgresSessionStore.layer, freshPostgres()), {
    makeUser: PostgresDatabase.use(({ name, sql }) => {
      const userId = randomUUID()
      const email = `${userId}@school.test`
      return Effect.orDie(
        sql`INSERT INTO ${name("users")} (id, email, password_hash, first_name, last_name)
          VALUES (${userId}, ${email}, 'x', 'A', 'B')`
      ).pipe(Effect.as({ userId, email, role: "teacher" as const }))
    }),
    passTime: (duration) =>
      PostgresDatabase.use(({ name, sql }) => {
        const passed = sql`make_interval(secs => ${Duration.toSeconds(duration)}::float8)`
        return Effect.orDie(
          sql`UPDATE ${name("sessions")} SET last_access = last_access - ${passed}, expires_at = expires_at - ${passed}`
        ).pipe(Effect.asVoid)
      })
  })
})
