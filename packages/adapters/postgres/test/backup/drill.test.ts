import { writeFile } from "node:fs/promises"
import path from "node:path"
import { AuditLogs } from "@timegrid/core/audit"
import { type Row, Timeblocks, Timetables, Users } from "@timegrid/core/repository"
import {
  migrate,
  PostgresDatabase,
  PostgresJobs,
  PostgresRepositories,
  postgresLayer,
  postgresMigrations,
  verifyMigrations
} from "@timegrid/postgres"
import { type DebianPostgres, sayUntested, startDebianPostgres, type TestServer } from "@timegrid/test-servers"
import { Effect, Layer, Option, Redacted } from "effect"
import { afterAll, assert, describe, it } from "vitest"

const postgres = await startDebianPostgres().catch((error: Error) => {
  if (process.env.CI) throw error
  sayUntested("backup and restore by pg_dump, pg_restore and pg_basebackup", error.message)
  return null
})

const servicesOf = (url: string) =>
  PostgresJobs.layer().pipe(
    Layer.provideMerge(PostgresRepositories.layer),
    Layer.provideMerge(postgresLayer({ url: Redacted.make(url), maxConnections: 2 }))
  )

const run = <A, E>(url: string, work: Effect.Effect<A, E, Layer.Success<ReturnType<typeof servicesOf>>>) =>
  Effect.runPromise(Effect.provide(work, servicesOf(url)))

const migrated = Effect.flatMap(postgresMigrations, (migrations) => migrate({ migrations }))

const givenUser = (email: string) =>
  Users.use((users) => users.insert({ email, passwordHash: "hash", firstName: "Ada", lastName: "Byron" }))

/** Something in most tables, whose rows refer to each other, and a sealed row of the audit log. */
const fill = Effect.gen(function* () {
  const user = yield* givenUser("ada@school.example")
  const timetable = yield* Timetables.use((timetables) =>
    timetables.insert({ userId: user.id, name: "Class 5B – Été", year: 2031, metadata: { totalWeeks: 12 } })
  )
  yield* Timeblocks.use((blocks) =>
    blocks.insert({
      timetableId: timetable.id,
      name: "Maths",
      dayOfWeek: "Monday",
      startTime: "09:00",
      endTime: "10:00"
    })
  )
  yield* AuditLogs.use((audit) =>
    Effect.andThen(
      audit.append({ action: "timetable.created", resourceType: "timetable", resourceId: timetable.id }),
      audit.seal
    )
  )
  return { user, timetable }
})

/** Every table of the schema, with its rows as text. */
const contents = Effect.gen(function* () {
  const { run, sql } = yield* PostgresDatabase
  const tables = yield* run(
    "tables",
    sql`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`
  )
  const rows = yield* Effect.forEach(tables, ({ tablename }) =>
    run("table", sql`SELECT to_jsonb(one)::text AS row FROM ${sql(String(tablename))} AS one ORDER BY 1`)
  )
  return tables.map(({ tablename }, index) => [tablename, rows[index]?.map(({ row }) => row)])
})

const addressOf = (url: string) => {
  const { hostname, port } = new URL(url)
  return ["-h", hostname, "-p", port, "-U", "postgres"]
}

const newCluster = async ({ folder, run }: DebianPostgres, name: string) => {
  const cluster = path.join(folder, name)
  await run("initdb", ["-D", cluster, "-U", "postgres", "--auth=trust", "--encoding=UTF8"])
  return cluster
}

const ending = async (server: TestServer, work: () => Promise<void>) => {
  try {
    await work()
  } finally {
    await server.stop()
  }
}

if (postgres !== null) {
  afterAll(() => postgres.remove())

  describe("a backup", () => {
    it("by pg_dump is restored by pg_restore with every row, rule and seal, and is worked on", async () => {
      const server = await postgres.start(await newCluster(postgres, "dumped"))
      await ending(server, async () => {
        const dump = path.join(postgres.folder, "timegrid.dump")
        await run(server.url, migrated)
        const { timetable, user } = await run(server.url, fill)
        const before = await run(server.url, contents)
        await postgres.run("pg_dump", [...addressOf(server.url), "-d", "postgres", "-F", "c", "-f", dump])

        await postgres.run("createdb", [...addressOf(server.url), "restored"])
        const flags = ["--exit-on-error", "--single-transaction", "--no-owner"]
        await postgres.run("pg_restore", [...addressOf(server.url), "-d", "restored", ...flags, dump])

        const url = new URL(server.url)
        url.pathname = "/restored"
        assert.deepStrictEqual(await run(url.href, contents), before)
        await run(
          url.href,
          Effect.gen(function* () {
            yield* Effect.flatMap(postgresMigrations, (migrations) => verifyMigrations({ migrations }))
            assert.deepStrictEqual(yield* migrated, [])
            const { broken, verified } = yield* AuditLogs.use((audit) => audit.verify)
            assert.deepStrictEqual([broken, verified > 0], [null, true])
            const changed = yield* Timetables.use((timetables) => timetables.update(timetable.id, { year: 2032 }))
            assert.strictEqual(Option.getOrThrow(changed).version, timetable.version + 1)
            yield* AuditLogs.use((audit) => audit.append({ action: "restored", resourceType: "database" }))
            const again = yield* Effect.flip(givenUser("ADA@school.example"))
            assert.strictEqual(again.reason._tag, "UniqueViolation")
            assert.strictEqual((yield* Users.use((users) => users.get(user.id))).email, user.email)
          })
        )
      })
    })

    it("by pg_basebackup and archived WAL comes back to the moment before the mistake", async () => {
      const wal = path.join(postgres.folder, "wal")
      const base = path.join(postgres.folder, "base")
      const cluster = await newCluster(postgres, "archiving")
      const settings = {
        wal_level: "replica",
        archive_mode: "on",
        archive_command: `mkdir -p ${wal} && test ! -f ${wal}/%f && cp %p ${wal}/%f`
      }
      const server = await postgres.start(cluster, settings)
      let moment = ""
      await ending(server, async () => {
        const execute = (text: string) =>
          run(
            server.url,
            Effect.flatMap(PostgresDatabase, ({ run, sql }) => run("statement", sql.unsafe<Row>(text)))
          )
        await run(server.url, migrated)
        await run(server.url, givenUser("before.the.backup@school.example"))
        await postgres.run("pg_basebackup", [...addressOf(server.url), "-D", base, "-X", "none", "-c", "fast"])
        await run(server.url, givenUser("after.the.backup@school.example"))
        moment = String((await execute("SELECT clock_timestamp()::text AS moment"))[0]?.moment)
        await execute("SELECT pg_sleep(0.01)")
        await execute("DELETE FROM users")
        await execute("SELECT pg_switch_wal()::text")
        // The archiver works in its own time.
        const isArchived =
          "SELECT last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 1) AS done FROM pg_stat_archiver"
        while ((await execute(isArchived))[0]?.done !== true) await execute("SELECT pg_sleep(0.05)")
      })

      await writeFile(path.join(base, "recovery.signal"), "")
      const recovered = await postgres.start(base, {
        restore_command: `cp ${wal}/%f %p`,
        recovery_target_time: moment,
        recovery_target_action: "promote"
      })
      await ending(recovered, async () => {
        const { items } = await run(
          recovered.url,
          Users.use((users) => users.list())
        )
        assert.deepStrictEqual(items.map(({ email }) => email).toSorted(), [
          "after.the.backup@school.example",
          "before.the.backup@school.example"
        ])
      })
    })
  })
}
