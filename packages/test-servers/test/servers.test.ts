import { Redis } from "ioredis"
import { expect, inject, test } from "vitest"
import { withClient } from "../src/freshDatabase.ts"
import { freshDatabase, startPgBouncer, startPostgres, startRedis, startS3, testBucket } from "../src/index.ts"

test("a Postgres that is killed and restarted has what it committed", async () => {
  const postgres = await startPostgres()
  try {
    await withClient(postgres.url, (client) => client.query("CREATE TABLE kept AS SELECT 7 AS number"))
    postgres.process?.kill("SIGKILL")
    await postgres.restart()
    const { rows } = await withClient(postgres.url, (client) => client.query("SELECT number FROM kept"))
    expect(rows).toEqual([{ number: 7 }])
  } finally {
    await postgres.stop()
  }
})

test("a Redis that is killed and restarted answers at the same address", async () => {
  const server = await startRedis()
  try {
    server.process?.kill("SIGKILL")
    await server.restart()
    const redis = new Redis(server.url)
    expect(await redis.ping()).toBe("PONG")
    redis.disconnect()
  } finally {
    await server.stop()
  }
})

test("an S3 server has its bucket from the start", async () => {
  const s3 = await startS3()
  try {
    expect((await fetch(`${s3.url}/${testBucket}?list-type=2`)).status).toBe(200)
  } finally {
    await s3.stop()
  }
})

test("a PgBouncer lends connections by transaction", async () => {
  const database = await freshDatabase(String(inject("postgresUrl")))
  const bouncer = await startPgBouncer(database.url)
  try {
    const { rows } = await withClient(bouncer.url, (client) => client.query("SELECT current_database() AS name"))
    expect(rows).toEqual([{ name: new URL(database.url).pathname.slice(1) }])
  } finally {
    await bouncer.stop()
    await database.drop()
  }
})

test("tests share one server of each kind", () => {
  expect(inject("postgresUrl")).toMatch(/^postgres:/)
  expect(inject("redisUrl")).toMatch(/^redis:/)
  expect(inject("s3Url")).toMatch(/^http:/)
})
