import { freshDatabase, startPgBouncer } from "@timegrid/test-servers"
import { jobStoreContract, repositoryContract } from "@timegrid/testing"
import { Effect, Layer, Redacted } from "effect"
import { afterAll, describe } from "vitest"
import { postgresLayer } from "../../src/database/postgresLayer.ts"
import * as PostgresJobs from "../../src/jobs/PostgresJobs.ts"
import { migrate } from "../../src/migrations/migrate.ts"
import { postgresMigrations } from "../../src/migrations/postgresMigrations.ts"
import * as PostgresRepositories from "../../src/repositories/PostgresRepositories.ts"
import { postgresUrl } from "../support/freshPostgres.ts"

const pooler = postgresUrl === null ? null : await startPgBouncer(postgresUrl)
afterAll(() => pooler?.stop())

/** A database behind the pooler, migrated through it too. */
const database = Layer.unwrap(
  Effect.gen(function* () {
    const { url } = yield* Effect.acquireRelease(
      Effect.promise(() => freshDatabase(postgresUrl ?? "")),
      ({ drop }) => Effect.promise(drop)
    )
    const pooled = new URL(url)
    pooled.port = new URL(pooler?.url ?? "").port
    pooled.searchParams.set("pgbouncer", "true")
    const migrations = yield* postgresMigrations
    return Layer.effectDiscard(migrate({ migrations })).pipe(
      // More clients than the pooler has connections: they must share them.
      Layer.provideMerge(postgresLayer({ url: Redacted.make(pooled.href), maxConnections: 60 }))
    )
  })
)

describe.skipIf(pooler === null)("through PgBouncer in transaction mode", () => {
  repositoryContract("Postgres through PgBouncer", Layer.provide(PostgresRepositories.layer, database))
  jobStoreContract(
    "Postgres through PgBouncer",
    PostgresJobs.layer().pipe(Layer.provideMerge(PostgresRepositories.layer), Layer.provide(database))
  )
})
