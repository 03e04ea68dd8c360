import { once } from "node:events"
import { readFileSync } from "node:fs"
import { connect } from "node:net"
import { setTimeout } from "node:timers/promises"
import { assert, describe, it } from "@effect/vitest"
import { freshDatabase, startRedis, withClient } from "@timegrid/test-servers"
import { inject } from "vitest"
import { createClient } from "../../src/client/index.ts"
import { followJob, madeFile, registerTeacher } from "./teacher.ts"
import { emptyFolder, serve, startTimegrid, type TimegridProcess } from "./timegridProcess.ts"

const postgresUrl = inject("postgresUrl")

/** Few of each among the other tests; all of them in a run for its figures. */
const isFull = process.env.TIMEGRID_CHAOS === "full"
const documents = isFull ? 200 : 12
const clients = isFull ? 20 : 4
const kills = isFull ? 5 : 1
const flushes = isFull ? 2 : 1
/** So many different documents are made; what is uploaded are copies. */
const kinds = 6

const limitMegabytes = 512

describe.skipIf(postgresUrl === null || inject("redisUrl") === null)("workers killed and Redis flushed", () => {
  it("loses and doubles no document, whoever dies", { timeout: 1_800_000 }, async () => {
    const database = await freshDatabase(postgresUrl ?? "")
    const redis = await startRedis()
    const { folder, remove } = await emptyFolder()
    const environment = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      ANONYMOUS_REQUESTS_PER_HOUR: "100000",
      UPLOADS_PER_HOUR: "100000",
      REQUESTS_PER_HOUR: "1000000"
    }
    const running: Array<TimegridProcess> = []
    const startWorker = () => {
      const worker = startTimegrid(["worker", "--data", folder], environment)
      running.push(worker)
      return worker
    }
    try {
      assert.strictEqual((await startTimegrid(["migrate"], environment).end()).code, 0)
      const api = await serve(["--no-worker", "--data", folder], environment)
      running.push(api)
      const workers = [startWorker(), startWorker()]
      await Promise.all(workers.map(({ heard }) => heard(/ works on /)))
      const files = await Promise.all(
        Array.from({ length: kinds }, (_, kind) => madeFile(kind % 3 === 2 ? "png" : "pdf", kind + 1))
      )
      const uploadAll = Array.from({ length: clients }, async (_, number) => {
        const client = createClient({ baseUrl: api.url, apiKey: await registerTeacher(api.url, `teacher-${number}`) })
        for (let index = number; index < documents; index += clients) {
          const file = files[index % kinds]
          if (file !== undefined) await client.documents.upload({ form: { file } })
        }
      })
      const strike = async () => {
        for (let time = 0; time < Math.max(kills, flushes); time++) {
          await setTimeout(4_000)
          if (time < flushes) await flush(redis.url)
          if (time < kills) {
            await workers[time % 2]?.end("SIGKILL")
            workers[time % 2] = startWorker()
          }
        }
      }
      await Promise.all([...uploadAll, strike()])

      const start = performance.now()
      await withClient(database.url, async (sql) => {
        const ended = async () => (await sql.query(endedJobs)).rows[0]?.count
        while ((await ended()) !== documents) await setTimeout(500)
        const { inReview, ...rows } = (await sql.query(leftRows)).rows[0]
        assert.deepStrictEqual(rows, {
          documents,
          jobs: documents,
          jobsOfDocuments: documents,
          extractions: documents,
          reviews: inReview,
          doubledTimetables: 0,
          doubledMessages: 0,
          doubledStages: 0
        })
        const peak = peakMegabytes(api.child.pid)
        const p99 = await slowestRead(api.url, await registerTeacher(api.url, "reader"), files[0])
        console.info(
          `${documents} documents of ${clients} clients, ${kills} workers killed, Redis flushed ${flushes} times: ` +
            `0 lost, 0 doubled, ${inReview} in review, all ended ${((performance.now() - start) / 1_000).toFixed(0)} s ` +
            `after the last; the API at most ${peak.toFixed(0)} MB; p99 of a status read ${p99.toFixed(0)} ms`
        )
        assert.isAtMost(peak, limitMegabytes)
        // Among other tests there is no saying how long anything takes.
        if (isFull) assert.isBelow(p99, 100)
      })
    } finally {
      await Promise.all(running.map(({ end }) => end("SIGKILL")))
      await redis.stop()
      await database.drop()
      await remove()
    }
  })
})

const endedJobs = "SELECT count(*)::int AS count FROM processing_jobs WHERE status IN ('completed', 'hitl_pending')"

const leftRows = `SELECT
  (SELECT count(*)::int FROM documents) AS documents,
  (SELECT count(*)::int FROM processing_jobs) AS jobs,
  (SELECT count(DISTINCT document_id)::int FROM processing_jobs) AS "jobsOfDocuments",
  (SELECT count(*)::int FROM extractions) AS extractions,
  (SELECT count(*)::int FROM hitl_tasks) AS reviews,
  (SELECT count(*)::int FROM processing_jobs WHERE status = 'hitl_pending') AS "inReview",
  (SELECT count(*)::int FROM (
    SELECT FROM timetables GROUP BY metadata ->> 'jobId', name, class_name HAVING count(*) > 1
  ) AS twice) AS "doubledTimetables",
  (SELECT count(*)::int FROM (
    SELECT FROM outbox WHERE payload ->> 'type' IN ('job:completed', 'hitl:required')
    GROUP BY payload ->> 'jobId' HAVING count(*) > 1
  ) AS twice) AS "doubledMessages",
  (SELECT count(*)::int FROM (
    SELECT FROM journal WHERE row ->> 'kind' = 'finished'
    GROUP BY run_id, row -> 'record' ->> 'stage', row ->> 'inputHash' HAVING count(*) > 1
  ) AS twice) AS "doubledStages"`

/** The 99th percentile of the time that it takes to read how far a document is. */
const slowestRead = async (baseUrl: string, apiKey: string, file: File | undefined): Promise<number> => {
  const client = createClient({ baseUrl, apiKey })
  if (file === undefined) throw new Error("There is no file.")
  const { documentId, jobId } = await client.documents.upload({ form: { file } })
  await followJob(client, jobId)
  const times: Array<number> = []
  for (let read = 0; read < 500; read++) {
    const start = performance.now()
    await client.documents.status({ params: { id: documentId } })
    times.push(performance.now() - start)
  }
  return times.toSorted((one, other) => one - other)[Math.floor(0.99 * times.length)] ?? Number.NaN
}

/** The most memory that a process ever had; 0 where the system does not say. */
const peakMegabytes = (pid: number | undefined): number => {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? []
    return Number(kilobytes ?? 0) / 1024
  } catch {
    return 0
  }
}

const flush = async (url: string) => {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write("FLUSHALL\r\n")
  await once(socket, "data")
  socket.destroy()
}
