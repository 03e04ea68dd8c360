import { assert, describe, it } from "@effect/vitest"
import { makeTimetable } from "@timegrid/maker"
import { startMemoryServer } from "./memoryServer.ts"

const person = { email: "ada@example.org", password: "correct horse", firstName: "Ada", lastName: "Lovelace" }

const until = async <A>(read: () => Promise<A>, isDone: (value: A) => boolean): Promise<A> => {
  for (;;) {
    const value = await read()
    if (isDone(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe("a document on its way through the server", () => {
  it("is uploaded, read, and comes out as a timetable", async () => {
    const server = await startMemoryServer({ secureCookies: false })
    try {
      const client = server.client()
      await client.auth.register({ body: person })
      await client.auth.login({ body: { email: "ADA@example.org", password: person.password } })
      const made = await makeTimetable({ seed: 1, tier: "pdf" })
      const file = new File([made.bytes], "week.pdf", { type: "application/pdf" })
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
      assert.deepStrictEqual(new Uint8Array(await content.arrayBuffer()), new Uint8Array(made.bytes))
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
})
