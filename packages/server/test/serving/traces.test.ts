import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { assert, describe, it } from "@effect/vitest"
import { createClient } from "../../src/client/index.ts"
import { startServer } from "../../src/index.ts"
import { followJob, madeFile, registerTeacher } from "./teacher.ts"
import { emptyFolder } from "./timegridProcess.ts"

/** What a collector of OpenTelemetry is sent, as far as it is looked at here. */
interface Sent {
  readonly resourceSpans: ReadonlyArray<{
    readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<{ readonly name: string }> }>
  }>
}

/** A collector that keeps what it is sent to `/v1/traces`. */
const startCollector = async () => {
  const bodies: Array<string> = []
  const server = createServer((request, response) => {
    let body = ""
    request.on("data", (part) => {
      body += String(part)
    })
    request.on("end", () => {
      if (request.url === "/v1/traces") bodies.push(body)
      response.end("{}")
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  // It listens on TCP.
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, bodies, close: () => server.close() }
}

const spanNames = (body: string) => {
  const { resourceSpans } = JSON.parse(body) as Sent
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)))
}

describe("a server with a collector of traces", () => {
  it("sends the spans of its requests and of its worker's stages, and nothing that a page or a person says", async () => {
    const collector = await startCollector()
    const { folder, remove } = await emptyFolder()
    const server = await startServer({
      dataFolder: folder,
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
      port: 0
    })
    try {
      const apiKey = await registerTeacher(server.url, "lovelace")
      const client = createClient({ baseUrl: server.url, apiKey })
      const { documentId, jobId } = await client.documents.upload({ form: { file: await madeFile("pdf", 1) } })
      await followJob(client, jobId)
      const { timetableId } = await client.jobs.get({ params: { id: jobId } })
      const { name, timeblocks } = await client.timetables.get({ params: { id: String(timetableId) } })
      await server.close()

      const spans = new Set(collector.bodies.flatMap(spanNames))
      const requests = ["POST /documents/upload", "GET /timetables/{id}"]
      const work = ["workOn", "classifyDocument", "readPages", "validateExtraction", "saveExtraction"]
      for (const name of [...requests, ...work]) assert.isTrue(spans.has(name), name)
      const sent = collector.bodies.join("\n")
      const words = new Set(timeblocks.map((block) => block.name).filter((text) => text.length > 3))
      assert.isNotEmpty(words)
      for (const secret of [...words, name, "lovelace", "week-1", apiKey, documentId, "correct horse"]) {
        assert.notInclude(sent, secret)
      }
    } finally {
      await server.close()
      collector.close()
      await remove()
    }
  })
})
