/** A host whose accounts are the users, by the statements of docs/migrations.md. */
import { readFile } from "node:fs/promises"
import path from "node:path"
import { assert, describe, layer } from "@effect/vitest"
import { Timetables, Users } from "@timegrid/core/repository"
import { Effect, Layer, Option } from "effect"
import { PostgresDatabase } from "../../src/database/PostgresDatabase.ts"
import { splitStatements } from "../../src/migrations/splitStatements.ts"
import * as PostgresRepositories from "../../src/repositories/PostgresRepositories.ts"
import { freshPostgres, postgresUrl } from "../support/freshPostgres.ts"

const documentedStatements = Effect.promise(async () => {
  const page = await readFile(path.join(import.meta.dirname, "../../../../../docs/migrations.md"), "utf8")
  return splitStatements(/```sql\n([^`]*)```/.exec(page)?.[1] ?? "")
})

const store = Layer.provideMerge(PostgresRepositories.layer, freshPostgres({ schema: "timegrid" }))

describe.skipIf(postgresUrl === null)("in a host's database", () => {
  layer(store, { excludeTestServices: true })((it) => {
    it.effect("accounts are users with the same ids, from the first to the last of their changes", () =>
      Effect.gen(function* () {
        const { sql } = yield* PostgresDatabase
        const users = yield* Users
        const [before, after] = [crypto.randomUUID(), crypto.randomUUID()]
        yield* sql`CREATE TABLE accounts (id UUID PRIMARY KEY, email TEXT, given_name TEXT, family_name TEXT)`
        yield* sql`INSERT INTO accounts VALUES (${before}, 'ada@host.example', 'Ada', 'Byron')`
        yield* Effect.forEach(yield* documentedStatements, ({ text }) => sql.unsafe(text).raw)
        yield* sql`INSERT INTO accounts VALUES (${after}, 'mary@host.example', 'Mary', 'Godwin')`
        assert.strictEqual((yield* users.get(before)).firstName, "Ada")
        assert.strictEqual((yield* users.get(after)).firstName, "Mary")

        yield* sql`UPDATE accounts SET family_name = 'Shelley' WHERE id = ${after}`
        assert.strictEqual((yield* users.get(after)).lastName, "Shelley")

        const timetables = yield* Timetables
        const { id } = yield* timetables.insert({ userId: after, name: "Class 5B", year: 2031 })
        yield* sql`DELETE FROM accounts WHERE id = ${after}`
        assert.deepStrictEqual(yield* timetables.find(id), Option.none())
      })
    )
  })
})
