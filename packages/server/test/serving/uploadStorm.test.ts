import { readdir } from "node:fs/promises"
import { request } from "node:http"
import path from "node:path"
import { setTimeout } from "node:timers/promises"
import { assert, describe, it } from "@effect/vitest"
import { freshDatabase, withClient } from "@timegrid/test-servers"
import { inject } from "vitest"
import { registerTeacher } from "./teacher.ts"
import { emptyFolder, serve, startTimegrid, type TimegridProcess } from "./timegridProcess.ts"

const postgresUrl = inject("postgresUrl")

const isFull = process.env.TIMEGRID_CHAOS === "full"
const uploads = isFull ? 1_000 : 150
const aborted = isFull ? 100 : 15
/** The part of the uploads that has to come through. */
const promised = 0.9

const mebibyte = 1024 * 1024
const boundary = "----boundary-of-the-test"

/** A form with a PDF of a mebibyte, most of it a comment. */
const form = Buffer.from(
  [
    `--${boundary}`,
    'Content-Disposition: form-data; name="file"; filename="week.pdf"',
    "Content-Type: application/pdf",
    "",
    `%PDF-1.4\n%${"x".repeat(mebibyte - 200)}\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF`,
    `--${boundary}--`,
    ""
  ].join("\r\n")
)

describe.skipIf(postgresUrl === null)("many uploads at once", () => {
  it("are taken or told when to come again, and those that break off leave nothing", { timeout: 900_000 }, async () => {
    const database = await freshDatabase(postgresUrl ?? "")
    const { folder, remove } = await emptyFolder()
    const environment = { DATABASE_URL: database.url, UPLOADS_PER_HOUR: "1000000", REQUESTS_PER_HOUR: "1000000" }
    const running: Array<TimegridProcess> = []
    try {
      assert.strictEqual((await startTimegrid(["migrate"], environment).end()).code, 0)
      const server = await serve(["--no-worker", "--data", folder], environment)
      running.push(server)
      const headers = {
        authorization: `Bearer ${await registerTeacher(server.url, "ada")}`,
        "content-type": `multipart/form-data; boundary=${boundary}`
      }
      const url = `${server.url}/api/v1/documents/upload`

      const answers = new Map<number, number>()
      const withoutRetryAfter: Array<number> = []
      const upload = async (): Promise<boolean> => {
        for (let attempt = 0; attempt < 60; attempt++) {
          const response = await fetch(url, { method: "POST", headers, body: form })
          await response.arrayBuffer()
          answers.set(response.status, (answers.get(response.status) ?? 0) + 1)
          if (response.status === 202) return true
          const retryAfter = response.headers.get("retry-after")
          if (retryAfter === null) withoutRetryAfter.push(response.status)
          await setTimeout(1_000 * Number(retryAfter ?? 1))
        }
        return false
      }
      const breakOff = async () => {
        const started = request(url, { method: "POST", headers: { ...headers, "content-length": form.byteLength } })
        const ended = new Promise((resolve) => started.on("close", resolve))
        started.on("error", () => {})
        started.write(form.subarray(0, Math.floor(Math.random() * form.byteLength)))
        await setTimeout(Math.random() * 2_000)
        started.destroy()
        await ended
      }
      const [taken] = await Promise.all([
        Promise.all(Array.from({ length: uploads }, upload)),
        Promise.all(Array.from({ length: aborted }, breakOff))
      ])
      const accepted = taken.filter(Boolean).length
      console.info(
        `${uploads} uploads of 1 MB at once: ${accepted} taken; ` +
          [...answers].map(([status, count]) => `${count} times ${status}`).join(", ")
      )
      assert.includeMembers([202, 429, 503], [...answers.keys()])
      assert.deepStrictEqual(withoutRetryAfter, [])
      assert.isAtLeast(accepted, promised * uploads)

      await server.end("SIGTERM")
      const rows = await withClient(database.url, async (sql) => (await sql.query(leftRows)).rows[0])
      assert.deepStrictEqual(rows, { documents: accepted, jobs: accepted, faults: 0 })
      assert.strictEqual(await countFiles(path.join(folder, "blobs")), accepted)
    } finally {
      await Promise.all(running.map(({ end }) => end("SIGKILL")))
      await database.drop()
      await remove()
    }
  })
})

const leftRows = `SELECT
  (SELECT count(*)::int FROM documents) AS documents,
  (SELECT count(*)::int FROM processing_jobs) AS jobs,
  (SELECT count(*)::int FROM api_metrics WHERE status_code = 500) AS faults`

const countFiles = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length
