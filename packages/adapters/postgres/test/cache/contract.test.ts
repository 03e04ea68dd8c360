import { randomUUID } from "node:crypto"
import { cacheContract, cacheReferencesContract } from "@timegrid/testing"
import { Duration, Effect, Layer } from "effect"
import { describe } from "vitest"
import * as PostgresCache from "../../src/cache/PostgresCache.ts"
import * as PostgresCacheReferences from "../../src/cache/PostgresCacheReferences.ts"
import { PostgresDatabase } from "../../src/database/PostgresDatabase.ts"
import { freshPostgres, postgresUrl } from "../support/freshPostgres.ts"

describe.skipIf(postgresUrl === null)("on a real PostgreSQL", () => {
  cacheContract("Postgres", Layer.provideMerge(PostgresCache.layer, freshPostgres()), {
    passTime: (duration) =>
      PostgresDatabase.use(({ name, sql }) => {
        const passed = sql`make_interval(secs => ${Duration.toSeconds(duration)}::float8)`
        return Effect.orDie(sql`UPDATE ${name("cache_entries")} SET expires_at = expires_at - ${passed}`)
      }).pipe(Effect.asVoid)
  })
  cacheReferencesContract("Postgres", Layer.provideMerge(PostgresCacheReferences.layer, freshPostgres()), {
    makeDocument: PostgresDatabase.use(({ name, sql }) => {
      const [userId, documentId] = [randomUUID(), randomUUID()]
      return Effect.gen(function* () {
        yield* sql`INSERT INTO ${name("users")} (id, email, password_hash, first_name, last_name)
          VALUES (${userId}, ${`${userId}@school.test`}, 'x', 'A', 'B')`
        yield* sql`INSERT INTO ${name("documents")} (id, user_id, file_name, file_type, file_size, mime_type, s3_key, s3_bucket)
          VALUES (${documentId}, ${userId}, 'a.pdf', 'application/pdf', 1, 'application/pdf', ${documentId}, 'local')`
        return documentId
      }).pipe(Effect.orDie)
    })
  })
})
