/** A cache in PostgreSQL, where no Redis is. Used as a namespace: `PostgresCache.layer`. */
import { Cache } from "@timegrid/core"
import { parserFor, type Row } from "@timegrid/core/repository"
import { Duration, Effect, Layer, Option } from "effect"
import * as z from "zod"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { cacheFailure } from "./cacheFailure.ts"

const table = "cache_entries"
const parse = parserFor(table)
const Entries = z.array(z.object({ value: z.instanceof(Uint8Array) }))

/** So many of those that are over go with each that is put, the oldest first. */
const swept = 10

/** The cache of a schema, by the database's clock. */
export const make = Effect.map(PostgresDatabase, ({ name, run, sql }): Cache["Service"] => {
  const entries = name(table)
  return {
    find: (key) =>
      run(table, sql<Row>`SELECT value FROM ${entries} WHERE key = ${key} AND expires_at > statement_timestamp()`).pipe(
        Effect.flatMap((rows) => parse(Entries, rows)),
        Effect.map(([entry]) => Option.map(Option.fromUndefinedOr(entry), ({ value }) => value)),
        cacheFailure(key)
      ),
    put: (key, value, lifetime) => {
      const seconds = Duration.toMillis(Duration.fromInputUnsafe(lifetime)) / 1_000
      return run(
        table,
        sql<Row>`WITH swept AS (
            DELETE FROM ${entries} WHERE key IN (
              SELECT key FROM ${entries} WHERE expires_at <= statement_timestamp() AND key <> ${key}
              ORDER BY expires_at LIMIT ${swept} FOR UPDATE SKIP LOCKED
            )
          )
          INSERT INTO ${entries} (key, value, expires_at)
          VALUES (${key}, ${value}, statement_timestamp() + make_interval(secs => ${seconds}::float8))
          ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`
      ).pipe(Effect.asVoid, cacheFailure(key))
    },
    remove: (key) =>
      run(table, sql<Row>`DELETE FROM ${entries} WHERE key = ${key}`).pipe(Effect.asVoid, cacheFailure(key))
  }
})

/** Provides `Cache`. */
export const layer: Layer.Layer<Cache, never, PostgresDatabase> = Layer.effect(Cache, make)
