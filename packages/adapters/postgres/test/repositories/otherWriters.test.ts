/** Rows that others have written, in every way that the schema allows. */
import { assert, describe, layer } from "@effect/vitest"
import { Timetables } from "@timegrid/core/repository"
import { Effect, Layer, Stream } from "effect"
import { PostgresDatabase } from "../../src/database/PostgresDatabase.ts"
import * as PostgresRepositories from "../../src/repositories/PostgresRepositories.ts"
import { freshPostgres, postgresUrl } from "../support/freshPostgres.ts"

describe.skipIf(postgresUrl === null)("rows of other writers", () => {
  layer(Layer.provideMerge(PostgresRepositories.layer, freshPostgres()), { excludeTestServices: true })((it) => {
    it.effect("that have no moment are listed each once, before all others", () =>
      Effect.gen(function* () {
        const { sql } = yield* PostgresDatabase
        yield* sql`INSERT INTO users (email, password_hash, first_name, last_name) VALUES ('a@b.example', 'h', 'A', 'B')`
        yield* sql`INSERT INTO timetables (user_id, name, year, created_at)
          SELECT id, 'Class ' || n, 2031, CASE WHEN n % 2 = 0 THEN now() - n * interval '1 hour' END
          FROM users, generate_series(1, 9) n`
        const timetables = yield* Timetables
        const pages: Array<ReadonlyArray<{ readonly id: string; readonly createdAt: string | null }>> = []
        let after: string | undefined
        do {
          const page = yield* timetables.list({ limit: 2, ...(after !== undefined && { after }) })
          pages.push(page.items)
          after = page.nextCursor ?? undefined
        } while (after !== undefined)
        const listed = pages.flat()
        assert.strictEqual(new Set(listed.map(({ id }) => id)).size, 9)
        assert.deepStrictEqual(
          listed.map(({ createdAt }) => createdAt === null),
          [true, true, true, true, true, false, false, false, false]
        )
        const streamed = yield* Stream.runCollect(timetables.stream())
        assert.deepStrictEqual(Array.from(streamed), listed)
      })
    )

    it.effect("whose metadata is no object are told as invalid, by their table", () =>
      Effect.gen(function* () {
        const { sql } = yield* PostgresDatabase
        const timetables = yield* Timetables
        const [row] = yield* sql<{ readonly id: string }>`INSERT INTO timetables (user_id, name, year, metadata)
          SELECT id, 'Class', 2031, '[]' FROM users RETURNING id`
        const error = yield* Effect.flip(timetables.get(row?.id ?? ""))
        assert.deepStrictEqual([error.table, error.reason._tag], ["timetables", "RowInvalid"])
      })
    )
  })
})
