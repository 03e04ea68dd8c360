import { migrate, PostgresDatabase, postgresLayer } from "@timegrid/postgres"
import { freshDatabase, sayUntested } from "@timegrid/test-servers"
import { metricsStoreContract } from "@timegrid/testing"
import { TimescaleMetricsStore, timescaleMigrations } from "@timegrid/timescale"
import { Effect, Layer, Redacted } from "effect"
import { assert, it } from "vitest"

const serverUrl = process.env.TIMESCALE_URL

it("comes with the files of its migrations", async () => {
  const migrations = await Effect.runPromise(timescaleMigrations)
  assert.deepStrictEqual(
    migrations.map(({ file }) => file),
    ["V001__metrics.sql"]
  )
})

if (serverUrl === undefined || serverUrl === "") {
  sayUntested("on TimescaleDB", "TIMESCALE_URL does not name one.")
} else {
  const database = Layer.unwrap(
    Effect.gen(function* () {
      const { url } = yield* Effect.acquireRelease(
        Effect.promise(() => freshDatabase(serverUrl)),
        ({ drop }) => Effect.promise(drop)
      )
      return postgresLayer({ url: Redacted.make(url), maxConnections: 4 })
    })
  )
  const migrated = Layer.effectDiscard(Effect.flatMap(timescaleMigrations, (migrations) => migrate({ migrations })))
  const services = Layer.provideMerge(migrated, database)

  metricsStoreContract("TimescaleDB", Layer.provide(TimescaleMetricsStore.layer, services), { expiresByPolicy: true })

  it("has the policies that refresh its figures and remove what is old", async () => {
    const jobs = Effect.gen(function* () {
      const { run, sql } = yield* PostgresDatabase
      return yield* run("jobs", sql`SELECT proc_name FROM timescaledb_information.jobs WHERE job_id >= 1000`)
    })
    const names = (await Effect.runPromise(Effect.provide(jobs, services))).map((row) => row.proc_name)
    assert.strictEqual(names.filter((name) => name === "policy_refresh_continuous_aggregate").length, 1)
    assert.strictEqual(names.filter((name) => name === "policy_retention").length, 3)
  })
}
