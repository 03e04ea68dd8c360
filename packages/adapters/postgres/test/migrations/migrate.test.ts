import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { PgClient } from "@effect/sql-pg"
import { assert, describe, layer } from "@effect/vitest"
import { freshDatabase, startPgBouncer } from "@timegrid/test-servers"
import { Effect, Layer, Redacted } from "effect"
import { afterAll } from "vitest"
import { postgresLayer } from "../../src/database/postgresLayer.ts"
import { readMigrations } from "../../src/migrations/Migration.ts"
import { type MigrateOptions, migrate, migrationStatus, verifyMigrations } from "../../src/migrations/migrate.ts"
import { postgresMigrations } from "../../src/migrations/postgresMigrations.ts"
import { postgresUrl } from "../support/freshPostgres.ts"

const pooler = postgresUrl === null ? null : await startPgBouncer(postgresUrl)
afterAll(() => pooler?.stop())

/** An empty database for each test, reached as given. */
const emptyDatabase = (through?: string) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(() => freshDatabase(postgresUrl ?? "")),
      ({ drop }) => Effect.promise(drop)
    ),
    ({ url }) => {
      const target = new URL(url)
      if (through !== undefined) {
        target.port = new URL(through).port
        target.searchParams.set("pgbouncer", "true")
      }
      return postgresLayer({ url: Redacted.make(target.href) })
    }
  )

/** The migrations of files with these texts. */
const filesOf = (files: Readonly<Record<string, string>>) =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(path.join(tmpdir(), "timegrid-migrations-"))),
      (made) => Effect.promise(() => rm(made, { recursive: true }))
    )
    for (const [name, text] of Object.entries(files))
      yield* Effect.promise(() => writeFile(path.join(folder, name), text))
    return yield* readMigrations(folder)
  })

const one = { "V001__one.sql": "CREATE TABLE one (id INTEGER);" }
const two = { ...one, "V002__two.sql": "CREATE TABLE two (id INTEGER);" }
const three = { ...two, "V003__three.sql": "CREATE TABLE three (id INTEGER);" }

const tables = (schema = "public") =>
  Effect.flatMap(PgClient.PgClient, (sql) =>
    Effect.map(
      sql`SELECT tablename FROM pg_tables WHERE schemaname = ${schema} AND tablename <> 'timegrid_migrations' ORDER BY 1`,
      (rows) => rows.map(({ tablename }) => tablename)
    )
  )

const run = (files: Readonly<Record<string, string>>, options: Omit<MigrateOptions, "migrations"> = {}) =>
  Effect.flatMap(filesOf(files), (migrations) => migrate({ migrations, ...options }))
const codeOf = <A, E extends { readonly code: string }, R>(work: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(work), ({ code }) => code)

describe.skipIf(postgresUrl === null)("migrate", () => {
  layer(Layer.empty, { excludeTestServices: true })((it) => {
    it.effect("applies every file once, in order, and says which", () =>
      Effect.gen(function* () {
        const database = yield* emptyDatabase()
        yield* Effect.gen(function* () {
          assert.deepStrictEqual(
            (yield* run(two)).map(({ file }) => file),
            Object.keys(two)
          )
          assert.deepStrictEqual(yield* run(two), [])
          assert.deepStrictEqual(
            (yield* run(three)).map(({ version }) => version),
            [3]
          )
          assert.deepStrictEqual(yield* tables(), ["one", "three", "two"])
        }).pipe(Effect.provide(database))
      })
    )

    it.effect("stops behind the version that it is told", () =>
      Effect.gen(function* () {
        const database = yield* emptyDatabase()
        yield* Effect.gen(function* () {
          yield* run(three, { to: 2 })
          assert.deepStrictEqual(yield* tables(), ["one", "two"])
          const status = yield* Effect.flatMap(filesOf(three), (migrations) => migrationStatus({ migrations }))
          assert.deepStrictEqual(
            status.map(({ state }) => state),
            ["applied", "applied", "pending"]
          )
        }).pipe(Effect.provide(database))
      })
    )

    it.effect("refuses everything where a file was changed after it had been applied", () =>
      Effect.gen(function* () {
        const database = yield* emptyDatabase()
        yield* Effect.gen(function* () {
          yield* run(two)
          const changed = { ...three, "V001__one.sql": "CREATE TABLE one (id BIGINT);" }
          assert.strictEqual(yield* codeOf(run(changed)), "migration_changed")
          assert.deepStrictEqual(yield* tables(), ["one", "two"])
        }).pipe(Effect.provide(database))
      })
    )

    it.effect("takes a file with other line ends for the same", () =>
      Effect.gen(function* () {
        const database = yield* emptyDatabase()
        yield* Effect.gen(function* () {
          yield* run({ "V001__one.sql": "CREATE TABLE one (\n  id INTEGER\n);" })
          assert.deepStrictEqual(yield* run({ "V001__one.sql": "CREATE TABLE one (\r\n  id INTEGER\r\n);" }), [])
        }).pipe(Effect.provide(database))
      })
    )

    it.effect("refuses everything where a file that was applied is gone", () =>
      Effect.gen(function* () {
        const database = yield* emptyDatabase()
        yield* Effect.gen(function* () {
          yield* run(two)
          assert.strictEqual(yield* codeOf(run(one)), "migration_missing")
          const check = Effect.flatMap(filesOf(one), (migrations) => verifyMigrations({ migrations }))
          assert.strictEqual(yield* codeOf(check), "migration_missing")
        }).pipe(Effect.provide(database))
      })
    )

    it.effect("refuses a file that comes before one that was applied, unless it is told to take it", () =>
      Effect.gen(function* () {
        const database = yield* emptyDatabase()
        yield* Effect.gen(function* () {
          const { "V002__two.sql": late, ...early } = three
          yield* run(early)
          assert.strictEqual(yield* codeOf(run(three)), "migration_out_of_order")
          assert.deepStrictEqual(yield* tables(), ["one", "three"])
          yield* run({ ...early, "V002__two.sql": late }, { outOfOrder: true })
          assert.deepStrictEqual(yield* tables(), ["one", "three", "two"])
        }).pipe(Effect.provide(database))
      })
    )

    it.effect("undoes a file whole when one of its statements fails, and names the line", () =>
      Effect.gen(function* () {
        const database = yield* emptyDatabase()
        yield* Effect.gen(function* () {
          const broken = { ...one, "V002__two.sql": "CREATE TABLE two (id INTEGER);\n\nCREATE TABLE one (id INTEGER);" }
          const error = yield* Effect.flip(run(broken))
          assert.strictEqual(error.message, 'V002__two.sql, line 3: relation "one" already exists')
          assert.deepStrictEqual(yield* tables(), ["one"])
        }).pipe(Effect.provide(database))
      })
    )

    it.effect("gives up a file that waits too long for a lock", () =>
      Effect.gen(function* () {
        const database = yield* emptyDatabase()
        yield* Effect.gen(function* () {
          yield* run(one)
          const sql = yield* PgClient.PgClient
          const altered = { ...one, "V002__alter.sql": "ALTER TABLE one ADD COLUMN more TEXT;" }
          const error = yield* sql.withTransaction(
            Effect.andThen(
              sql`LOCK TABLE one`,
              // Not in the transaction that has the lock.
              Effect.flip(Effect.provide(run(altered, { lockTimeout: "50 millis" }), Layer.fresh(database)))
            )
          )
          assert.strictEqual(error.message, "V002__alter.sql, line 1: canceling statement due to lock timeout")
        }).pipe(Effect.provide(database))
      })
    )

    it.effect("runs a file that says so outside of any transaction, and does not run it again when it failed", () =>
      Effect.gen(function* () {
        const database = yield* emptyDatabase()
        yield* Effect.gen(function* () {
          const header = "-- timegrid: no transaction\n"
          const concurrently = `${header}CREATE INDEX CONCURRENTLY idx_one ON one(id);`
          yield* run({ ...one, "V002__index.sql": concurrently })
          const broken = `${header}CREATE TABLE kept (id INTEGER); SELECT 1 / 0;`
          const files = { ...one, "V002__index.sql": concurrently, "V003__broken.sql": broken }
          assert.strictEqual(yield* codeOf(run(files)), "migration_failed")
          assert.deepStrictEqual(yield* tables(), ["kept", "one"])
          assert.strictEqual(yield* codeOf(run(files, { patience: "100 millis" })), "migration_unfinished")
        }).pipe(Effect.provide(database))
      })
    )

    it.effect("works in a schema of any name, and leaves all others alone", () =>
      Effect.gen(function* () {
        const database = yield* emptyDatabase()
        yield* Effect.gen(function* () {
          const schema = 'the "school" of.today'
          const migrations = yield* postgresMigrations
          yield* migrate({ migrations, schema })
          assert.include(yield* tables(schema), "timetables")
          assert.deepStrictEqual(yield* tables(), [])
          assert.deepStrictEqual(yield* migrate({ migrations, schema }), [])
        }).pipe(Effect.provide(database))
      })
    )

    describe.each([
      ["straight", () => undefined],
      ["through PgBouncer in transaction mode", () => pooler?.url]
    ])("five at once, %s", (_, through) => {
      it.effect("apply everything once", () =>
        Effect.gen(function* () {
          const database = yield* emptyDatabase(through())
          const migrations = yield* postgresMigrations
          const migrators = Array.from({ length: 5 }, () =>
            Effect.provide(migrate({ migrations }), Layer.fresh(database))
          )
          const applied = yield* Effect.all(migrators, { concurrency: "unbounded" })
          assert.deepStrictEqual(
            applied
              .flat()
              .map(({ version }) => version)
              .sort((a, b) => a - b),
            migrations.map(({ version }) => version)
          )
        })
      )
    })
  })

  layer(Layer.empty)("the files of the project", (it) => {
    it.effect("each say how they are undone, or that a backup is what undoes them", () =>
      Effect.gen(function* () {
        const migrations = yield* postgresMigrations
        assert.isAbove(migrations.length, 5)
        for (const { file, statements } of migrations) {
          assert.match(statements[0]?.text ?? "", /^-- (Undo|Restore): /m, file)
        }
      })
    )

    it.effect("are numbered without a gap", () =>
      Effect.gen(function* () {
        const versions = (yield* postgresMigrations).map(({ version }) => version)
        assert.deepStrictEqual(
          versions,
          versions.map((_, index) => index + 1)
        )
        const root = path.join(import.meta.dirname, "../../../../../migrations/postgres")
        assert.strictEqual(versions.length, (yield* Effect.promise(() => readdir(root))).length)
      })
    )
  })
})
