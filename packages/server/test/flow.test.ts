import { once } from "node:events"
import { assert, describe, it } from "@effect/vitest"
import { makeTimetable } from "@timegrid/maker"
import { WebSocket } from "ws"
import { startMemoryServer } from "./memoryServer.ts"

const person = { email: "ada@example.org", password: "correct horse", firstName: "Ada", lastName: "Lovelace" }

const until = async <A>(read: () => Promise<A>, isDone: (value: A) => boolean): Promise<A> => {
  for (;;) {
    const value = await read()
    if (isDone(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const weekOf = async (tier: "pdf" | "png", seed = 1) => {
  const { bytes } = await makeTimetable({ seed, tier })
  return new File([bytes], `week.${tier}`, { type: tier === "pdf" ? "application/pdf" : "image/png" })
}

describe("a document on its way through the server", () => {
  it("is uploaded, read, and comes out as a timetable", async () => {
    const server = await startMemoryServer({ secureCookies: false })
    try {
      const client = server.client()
      await client.auth.register({ body: person })
      await client.auth.login({ body: { email: "ADA@example.org", password: person.password } })
      const file = await weekOf("pdf")
      const { documentId, jobId } = await client.documents.upload({ form: { file, timetableName: "My week" } })
      const job = await until(
        () => client.jobs.get({ params: { id: jobId } }),
        ({ status }) => ["completed", "failed", "hitl_pending"].includes(status)
      )
      assert.strictEqual(job.errorMessage, null)
      assert.include(["completed", "hitl_pending"], job.status)
      const timetable = await client.timetables.get({ params: { id: String(job.timetableId) } })
      assert.include(timetable.name, "My week")
      assert.isAbove(timetable.timeblocks.length, 3)
      const content = await client.documents.content({ params: { id: documentId } })
      assert.deepStrictEqual(new Uint8Array(await content.arrayBuffer()), new Uint8Array(await file.arrayBuffer()))
      assert.deepStrictEqual(
        job.stages.map(({ name, status }) => [name, status]),
        [
          ["classification", "done"],
          ["preprocessing", "done"],
          ["ocr", "done"],
          ["interpretation", "done"],
          ["validation", "done"]
        ]
      )
    } finally {
      await server.stop()
    }
  })

  it("tells whoever follows its job over a socket, by server-sent events, and in the answer that waits", async () => {
    const server = await startMemoryServer({ secureCookies: false })
    try {
      const client = server.client()
      await client.auth.register({ body: person })
      await client.auth.login({ body: { email: person.email, password: person.password } })
      const { key } = await client.auth.createApiKey({
        body: { name: "test", scopes: ["document:create", "job:read", "document:read"] }
      })
      const authorization = `Bearer ${key}`
      const form = new FormData()
      form.set("file", await weekOf("png"))
      const response = await fetch(`${server.url}/api/v1/documents/upload`, {
        method: "POST",
        headers: { authorization },
        body: form
      })
      assert.strictEqual(response.status, 202)
      const { jobId } = (await response.json()) as { jobId: string }

      const socket = new WebSocket(`${server.url.replace("http", "ws")}/ws`, { headers: { authorization } })
      const heard: Array<{ type: string; status?: string }> = []
      socket.on("message", (data) => heard.push(JSON.parse(String(data))))
      await once(socket, "open")
      socket.send(JSON.stringify({ type: "subscribe", jobId }))

      const events = await fetch(`${server.url}/api/v1/jobs/${jobId}/events`, { headers: { authorization } })
      let text = ""
      for await (const part of events.body ?? []) {
        text += new TextDecoder().decode(part)
        if (/"status":"(completed|hitl_pending)"/.test(text)) break
      }
      assert.match(text, /^id: \d+\nevent: job:(status|completed)\ndata: \{/m)

      await until(
        async () => heard.map(({ status }) => status),
        (statuses) => statuses.includes("completed") || statuses.includes("hitl_pending")
      )
      assert.include(
        heard.map(({ type }) => type),
        "subscribed"
      )
      socket.close()

      const again = new FormData()
      again.set("file", await weekOf("pdf"))
      const waited = await fetch(`${server.url}/api/v1/documents/upload`, {
        method: "POST",
        headers: { authorization, prefer: "wait=20" },
        body: again
      })
      assert.strictEqual(waited.status, 200)
      assert.include(["completed", "hitl_pending"], ((await waited.json()) as { status: string }).status)
    } finally {
      await server.stop()
    }
  })
})
