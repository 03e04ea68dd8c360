import { readFile } from "node:fs/promises"
import path from "node:path"
import { PgClient } from "@effect/sql-pg"
import { Effect, Exit } from "effect"
import { splitStatements } from "../../src/migrations/splitStatements.ts"
import { catalogueOf } from "./catalogueOf.ts"

const schema = "seed"

/** The statements of a file of the seed. */
export const seedStatements = (file: string) =>
  Effect.map(
    Effect.promise(() => readFile(path.join(import.meta.dirname, "../fixtures", file), "utf8")),
    splitStatements
  )

/** What the seed's own statements make of an empty schema, and the first words of those that fail. */
export const seedCatalogue = Effect.gen(function* () {
  const sql = yield* PgClient.PgClient
  yield* sql`CREATE SCHEMA ${sql(schema)}`
  const statements = (yield* Effect.forEach(["seed-schema.sql", "seed-metrics.sql"], seedStatements)).flat()
  const runAll = Effect.map(
    Effect.forEach(statements, ({ text }) =>
      Effect.map(
        // Each in a transaction of its own: one that fails takes no other with it.
        Effect.exit(
          sql.withTransaction(
            Effect.andThen(sql`SELECT set_config('search_path', ${schema}, TRUE)`, sql.unsafe(text).raw)
          )
        ),
        (exit) => (Exit.isFailure(exit) ? [firstWords(text)] : [])
      )
    ),
    (failed) => failed.flat()
  )
  const failed = yield* runAll
  // The triggers stand before the function that they call: the second time it is there.
  yield* runAll
  return { failed, catalogue: yield* catalogueOf(schema) }
})

/** Such as `CREATE TABLE users`. */
export const firstWords = (statement: string): string =>
  /^[A-Z][\w ]*/m
    .exec(statement)?.[0]
    .replace(/ (WITH|PARTITION OF|ON|AS)\b.*/, "")
    .trim() ?? statement
