import { freshDatabase } from "@timegrid/test-servers"
import { metricsStoreContract } from "@timegrid/testing"
import { Effect, Layer, Redacted } from "effect"
import { describe, inject } from "vitest"
import { postgresLayer } from "../../src/database/postgresLayer.ts"
import { PostgresMetricsStore } from "../../src/index.ts"
import { migrate } from "../../src/migrations/migrate.ts"
import { postgresMigrations } from "../../src/migrations/postgresMigrations.ts"

const serverUrl = inject("postgresUrl")

const schema = "metrics of ours"

describe.skipIf(serverUrl === null)("on a real PostgreSQL", () => {
  const database = Layer.unwrap(
    Effect.gen(function* () {
      const { url } = yield* Effect.acquireRelease(
        Effect.promise(() => freshDatabase(serverUrl ?? "")),
        ({ drop }) => Effect.promise(drop)
      )
      return postgresLayer({ url: Redacted.make(url), schema, maxConnections: 4 })
    })
  )
  const migrated = Layer.effectDiscard(
    Effect.flatMap(postgresMigrations, (migrations) => migrate({ migrations, schema }))
  )
  metricsStoreContract("Postgres", PostgresMetricsStore.layer.pipe(Layer.provide(migrated), Layer.provide(database)))
})
