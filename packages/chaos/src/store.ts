/** The store as a process of the service has it, over a database that may go away. */
import { randomUUID } from "node:crypto"
import type { JobServices } from "@timegrid/core/queue"
import { type RepositoryServices, Users } from "@timegrid/core/repository"
import { migrate, PostgresJobs, PostgresRepositories, postgresLayer, postgresMigrations } from "@timegrid/postgres"
import { Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"

/** Everything about jobs, and the database behind it. */
export type StoreServices = JobServices | RepositoryServices | SqlClient.SqlClient

/** The store of the database behind a URL, whose schema it brings up to date. */
export const storeAt = (url: string) =>
  PostgresJobs.layer().pipe(
    Layer.provideMerge(PostgresRepositories.layer),
    Layer.provideMerge(
      Layer.effectDiscard(Effect.flatMap(postgresMigrations, (migrations) => migrate({ migrations })))
    ),
    Layer.provideMerge(postgresLayer({ url: Redacted.make(url), maxConnections: 12, connectTimeout: "2 seconds" }))
  )

/** The first row of a statement; for looking at what is left. */
export const query = Effect.fnUntraced(function* (text: string) {
  const sql = yield* SqlClient.SqlClient
  const [row = {}] = yield* sql.unsafe<Readonly<Record<string, unknown>>>(text)
  return row
})

/** The id of a new user. */
export const newUser = Effect.gen(function* () {
  const users = yield* Users
  const user = yield* users.insert({
    email: `${randomUUID()}@school.example`,
    passwordHash: "scrypt$hash",
    firstName: "Ada",
    lastName: "Byron"
  })
  return user.id
})
