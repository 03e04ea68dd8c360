import { assert, describe, it } from "@effect/vitest"
import { freePort, freshDatabase, testBucket, testCredentials } from "@timegrid/test-servers"
import { inject } from "vitest"
import { emptyFolder, serve, startTimegrid } from "./timegridProcess.ts"

const postgresUrl = inject("postgresUrl")
const s3Url = inject("s3Url")

const s3At = (endpoint: string, bucket = testBucket) => ({
  S3_BUCKET: bucket,
  S3_ENDPOINT: endpoint,
  S3_LACKS: "versions,postSizeRange",
  AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey
})

const isOfAdministrator = (line: string) => line.includes("The administrator is")

/** What `/readyz` says of the whole and of each part. */
const readiness = async (url: string): Promise<Readonly<Record<string, number | string>>> => {
  const response = await fetch(`${url}/readyz`)
  const { dependencies } = (await response.json()) as {
    readonly dependencies: ReadonlyArray<{ readonly name: string; readonly status: string }>
  }
  return { status: response.status, ...Object.fromEntries(dependencies.map(({ name, status }) => [name, status])) }
}

describe("a server whose other servers are out of reach", () => {
  it("starts, says so, and ends when it is told to: not ready without S3, and ready without Redis", async () => {
    const { folder, remove } = await emptyFolder()
    const nowhere = `127.0.0.1:${await freePort()}`
    const running: Array<Awaited<ReturnType<typeof serve>>> = []
    try {
      const environment = { REDIS_URL: `redis://${nowhere}` }
      const withoutBoth = await serve(["--data", folder], { ...environment, ...s3At(`http://${nowhere}`) })
      running.push(withoutBoth)
      assert.isTrue(withoutBoth.lines().some((line) => line.includes("s3 is out of reach: ")))
      assert.isTrue(withoutBoth.lines().some((line) => line.includes("Redis is out of reach: ")))
      assert.deepStrictEqual(await readiness(withoutBoth.url), { status: 503, pglite: "up", s3: "down", redis: "down" })
      assert.strictEqual((await fetch(`${withoutBoth.url}/livez`)).status, 200)
      assert.strictEqual((await withoutBoth.end("SIGTERM")).code, 0)

      const withoutRedis = await serve(["--data", folder], environment)
      running.push(withoutRedis)
      assert.deepStrictEqual(await readiness(withoutRedis.url), {
        status: 200,
        pglite: "up",
        files: "up",
        redis: "down"
      })
    } finally {
      await Promise.all(running.map(({ end }) => end("SIGKILL")))
      await remove()
    }
  })
})

describe.skipIf(s3Url === null)("a bucket that is not there", () => {
  it("ends the server before it has made an administrator, and is told by --check", async () => {
    const { folder, remove } = await emptyFolder()
    try {
      const environment = s3At(s3Url ?? "", "nobodys-bucket")
      const refused = startTimegrid(["serve", "--port", "0", "--data", folder], environment)
      assert.strictEqual((await refused.end()).code, 1)
      assert.match(refused.lines().at(-1) ?? "", /^timegrid: refused: s3 cannot be used as it is configured: .*bucket/i)
      assert.isFalse(refused.lines().some(isOfAdministrator))
      const check = startTimegrid(["serve", "--check", "--data", folder], environment)
      assert.strictEqual((await check.end()).code, 1)
      assert.isTrue(check.lines().some((line) => line.startsWith("s3: down")))
    } finally {
      await remove()
    }
  })

  it.skipIf(postgresUrl === null)("ends a worker too", async () => {
    const database = await freshDatabase(postgresUrl ?? "")
    const { folder, remove } = await emptyFolder()
    try {
      const environment = { DATABASE_URL: database.url, ...s3At(s3Url ?? "", "nobodys-bucket") }
      assert.strictEqual((await startTimegrid(["migrate"], environment).end()).code, 0)
      const worker = startTimegrid(["worker", "--data", folder], environment)
      assert.strictEqual((await worker.end()).code, 1)
      assert.match(worker.lines().at(-1) ?? "", /^timegrid: refused: s3 cannot be used as it is configured: /)
    } finally {
      await database.drop()
      await remove()
    }
  })
})
