// Two servers in one process over the database of a URL: ours, and a bare route that runs the same queries. The first
// line says where the status of a document is read from both.
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { migrate, postgresLayer, postgresMigrations } from "@timegrid/postgres"
import { Effect, ManagedRuntime, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { Hono } from "hono"
import { hashSecret } from "../../src/authentication/secrets.ts"
import { createClient } from "../../src/client/index.ts"
import { startServer } from "../../src/index.ts"
import { listen } from "../../src/serving/listen.ts"
import { madeFile, registerTeacher } from "../serving/teacher.ts"

const [databaseUrl = ""] = process.argv.slice(2)
const folder = await mkdtemp(path.join(tmpdir(), "timegrid-status-"))
const runtime = ManagedRuntime.make(postgresLayer({ url: Redacted.make(databaseUrl) }))
await runtime.runPromise(Effect.flatMap(postgresMigrations, (migrations) => migrate({ migrations })))

const environment = { DATABASE_URL: databaseUrl, REQUESTS_PER_HOUR: "100000000", UPLOADS_PER_HOUR: "1000" }
const server = await startServer({ dataFolder: folder, environment, worker: false, port: 0 })
const apiKey = await registerTeacher(server.url, "ada")
const client = createClient({ baseUrl: server.url, apiKey })
const { documentId } = await client.documents.upload({ form: { file: await madeFile("pdf", 1) } })

/** What reading a status asks the database: the key, noted down as used once a minute, its user, the document, its job. */
const readStatus = Effect.fnUntraced(function* (secret: string, id: string) {
  const sql = yield* SqlClient.SqlClient
  const hash = hashSecret(secret)
  const isValid = sql`secret_hash = ${hash} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`
  yield* sql`UPDATE api_keys SET last_used_at = now()
    WHERE ${isValid} AND (last_used_at IS NULL OR last_used_at <= now() - interval '1 minute') RETURNING *`
  const [key] = yield* sql<{ user_id: string }>`SELECT * FROM api_keys WHERE ${isValid}`
  const [user] = yield* sql<{ id: string }>`SELECT * FROM users WHERE id = ${key?.user_id}`
  const [document] = yield* sql<{ user_id: string; upload_status: string }>`SELECT * FROM documents WHERE id = ${id}`
  const [job] = yield* sql<{ id: string; status: string }>`SELECT * FROM processing_jobs WHERE document_id = ${id}
    ORDER BY created_at DESC, id DESC LIMIT 2`
  if (document === undefined || document.user_id !== user?.id) return null
  return { documentId: id, uploadStatus: document.upload_status, jobId: job?.id ?? null, status: job?.status ?? null }
})

const bare = new Hono().get("/status/:id", async (context) => {
  const secret = context.req.header("authorization")?.slice("Bearer ".length) ?? ""
  const status = await runtime.runPromise(readStatus(secret, context.req.param("id")))
  return status === null ? context.notFound() : context.json(status)
})
const stop = new AbortController()
const ended = runtime
  .runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const { url } = yield* listen(bare, { port: 0 })
        const urls = {
          ours: `${server.url}/api/v1/documents/${documentId}/status`,
          bare: `${url}/status/${documentId}`,
          authorization: `Bearer ${apiKey}`
        }
        process.stdout.write(`${JSON.stringify(urls)}\n`)
        return yield* Effect.never
      })
    ),
    { signal: stop.signal }
  )
  .catch(() => {})
process.once("SIGTERM", async () => {
  stop.abort()
  await ended
  await server.close()
  await runtime.dispose()
  await rm(folder, { recursive: true, force: true })
})
