import { freshDatabase } from "@timegrid/test-servers"
import { Effect, Layer, Redacted } from "effect"
import { inject } from "vitest"
import { type PostgresOptions, postgresLayer } from "../../src/database/postgresLayer.ts"
import { migrate } from "../../src/migrations/migrate.ts"
import { postgresMigrations } from "../../src/migrations/postgresMigrations.ts"

/** Null where no server could be had; the run says so at its end. */
export const postgresUrl = inject("postgresUrl")

/** A migrated database of its own on the server of the tests, which goes with the layer. */
export const freshPostgres = (options: Omit<PostgresOptions, "url"> = {}) =>
  Layer.unwrap(
    Effect.gen(function* () {
      if (postgresUrl === null) return yield* Effect.die("no server")
      const { url } = yield* Effect.acquireRelease(
        Effect.promise(() => freshDatabase(postgresUrl)),
        ({ drop }) => Effect.promise(drop)
      )
      const migrations = yield* postgresMigrations
      return Layer.effectDiscard(migrate({ migrations, schema: options.schema ?? "public" })).pipe(
        Layer.provideMerge(postgresLayer({ ...options, url: Redacted.make(url) }))
      )
    })
  )
