import { assert, describe, it } from "@effect/vitest"
import { freshDatabase, startRedis, testBucket, testCredentials } from "@timegrid/test-servers"
import { inject } from "vitest"
import { createClient } from "../../src/client/index.ts"
import { followJob, madeFile, readThrough, registerTeacher } from "./teacher.ts"
import { emptyFolder, type ProcessEnd, serve, startTimegrid } from "./timegridProcess.ts"

const postgresUrl = inject("postgresUrl")
const s3Url = inject("s3Url")

/** A migrated database, a Redis and a bucket of one's own, and what names them to a process. */
const openServers = async () => {
  const database = await freshDatabase(postgresUrl ?? "")
  const redis = await startRedis()
  const { folder, remove } = await emptyFolder()
  const environment = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    S3_BUCKET: testBucket,
    S3_ENDPOINT: s3Url ?? "",
    S3_LACKS: "versions,postSizeRange",
    AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey
  }
  const migrate = () => startTimegrid(["migrate"], environment).end()
  const close = async () => {
    await redis.stop()
    await database.drop()
    await remove()
  }
  return { environment, folder, migrate, close }
}

describe.skipIf(postgresUrl === null || s3Url === null || inject("redisUrl") === null)(
  "timegrid with its stores by URL",
  () => {
    it("waits for timegrid migrate, then serves a teacher from PostgreSQL, Redis and S3", async () => {
      const { close, environment, folder, migrate } = await openServers()
      const ends: Array<(signal: NodeJS.Signals) => Promise<ProcessEnd>> = []
      try {
        const early = startTimegrid(["serve", "--port", "0", "--data", folder], environment)
        assert.strictEqual((await early.end()).code, 1)
        assert.deepStrictEqual(early.lines().length, 1)
        assert.match(early.lines()[0] ?? "", /^timegrid: migrations_pending: .*run timegrid migrate first\.$/)

        assert.strictEqual((await migrate()).code, 0)
        const server = await serve(["--data", folder], environment)
        ends.push(server.end)
        const client = createClient({ baseUrl: server.url, apiKey: await registerTeacher(server.url, "ada") })
        await readThrough(client, await madeFile("pdf", 4))
        await readThrough(client, await madeFile("png", 5))
        const { code, durationMs } = await server.end("SIGTERM")
        assert.isBelow(durationMs, 30_000)
        assert.strictEqual(code, 0)
      } finally {
        await Promise.all(ends.map((end) => end("SIGKILL")))
        await close()
      }
    })

    it("works as an API and two workers, three processes in all", async () => {
      const { close, environment, folder, migrate } = await openServers()
      const ends: Array<(signal: NodeJS.Signals) => Promise<ProcessEnd>> = []
      try {
        assert.strictEqual((await migrate()).code, 0)
        const workers = [1, 2].map(() => startTimegrid(["worker", "--data", folder], environment))
        ends.push(...workers.map(({ end }) => end))
        const server = await serve(["--no-worker", "--data", folder], environment)
        ends.push(server.end)
        await Promise.all(workers.map(({ heard }) => heard(/ works on /)))
        const client = createClient({ baseUrl: server.url, apiKey: await registerTeacher(server.url, "ada") })
        await readThrough(client, await madeFile("pdf", 1))
        const files = await Promise.all([madeFile("pdf", 4), madeFile("png", 5), madeFile("pdf", 6)])
        const started = await Promise.all(files.map((file) => client.documents.upload({ form: { file } })))
        const ways = await Promise.all(started.map(({ jobId }) => followJob(client, jobId)))
        for (const way of ways) assert.include(["completed", "hitl_pending"], way.at(-1))
      } finally {
        await Promise.all(ends.map((end) => end("SIGKILL")))
        await close()
      }
    })
  }
)
