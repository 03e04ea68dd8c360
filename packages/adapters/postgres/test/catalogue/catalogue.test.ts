/** The schema of the migrations against the seed's own statements: every object of both, as the database shows it. */
import path from "node:path"
import { assert, describe, layer } from "@effect/vitest"
import { Effect } from "effect"
import { readMigrations } from "../../src/migrations/Migration.ts"
import { freshPostgres, postgresUrl } from "../support/freshPostgres.ts"
import { catalogueOf } from "./catalogueOf.ts"
import { namedDifferences } from "./differences.ts"
import { firstWords, seedCatalogue, seedStatements } from "./seedCatalogue.ts"

describe.skipIf(postgresUrl === null)("the schema", () => {
  layer(freshPostgres(), { excludeTestServices: true })((it) => {
    it.effect("is the seed's but for exactly what docs/seed-differences.md lists", () =>
      Effect.gen(function* () {
        const ours = yield* catalogueOf("public")
        const { catalogue: seed, failed } = yield* seedCatalogue
        assert.isAbove(seed.size, 150)
        const differing = Array.from(new Set([...seed.keys(), ...ours.keys()])).flatMap((object) => {
          const [one, other] = [seed.get(object), ours.get(object)]
          if (one?.definition === other?.definition) return []
          const table = one?.table ?? other?.table ?? null
          // A table of our own is one difference with all that it has.
          return [table === null || seed.has(`table ${table}`) ? object : `table ${table}`]
        })
        assert.deepStrictEqual(Array.from(new Set(differing)).toSorted(), yield* namedDifferences("PostgreSQL"))
        assert.deepStrictEqual(
          Array.from(new Set(failed)).toSorted(),
          yield* namedDifferences("Statements of the seed that fail as written")
        )
      })
    )

    it.effect("for TimescaleDB says the seed's statements but for those that are listed", () =>
      Effect.gen(function* () {
        const folder = path.join(import.meta.dirname, "../../../../../migrations/timescale")
        const [first] = yield* readMigrations(folder)
        const seed = new Map((yield* seedStatements("seed-metrics.sql")).map(({ text }) => [bare(text), text]))
        const ours = new Map((first?.statements ?? []).map(({ text }) => [bare(text), text]))
        const differing = [...seed, ...ours].flatMap(([key, text]) =>
          seed.has(key) && ours.has(key) ? [] : [firstWords(text)]
        )
        assert.deepStrictEqual(Array.from(new Set(differing)).toSorted(), yield* namedDifferences("TimescaleDB"))
      })
    )
  })
})

/** A statement without its comments, on one line. */
const bare = (statement: string) => statement.replace(/--.*$/gm, "").replace(/\s+/g, " ").trim()
