// The whole service on a folder, spoken to by its typed client. Elsewhere: `npx timegrid serve`.
import { openAsBlob } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { startServer } from "@timegrid/server"
import { createClient } from "@timegrid/server/client"

const folder = await mkdtemp(path.join(tmpdir(), "timegrid-"))
const server = await startServer({ dataFolder: folder, port: 0 })
try {
  const client = createClient({ baseUrl: server.url })
  const account = { email: "ada@school.example", password: "correct horse battery" }
  await client.auth.register({ body: { ...account, firstName: "Ada", lastName: "Byron" } })
  await client.auth.login({ body: account })

  const week = await openAsBlob(path.join(import.meta.dirname, "../samples/class-week.pdf"), {
    type: "application/pdf"
  })
  const { jobId } = await client.documents.upload({ form: { file: new File([week], "class-week.pdf") } })

  // Every change of the job as it happens; the stream ends with the job, or where it waits for a person.
  const events = await client.jobs.events({ params: { id: jobId } })
  for await (const part of events.body ?? []) {
    const status = /"status":"(\w+)"/.exec(new TextDecoder().decode(part))?.[1]
    if (status !== undefined) console.log(status)
    if (status === "completed" || status === "hitl_pending") break
  }

  const { timetableId } = await client.jobs.get({ params: { id: jobId } })
  if (timetableId !== null) {
    const { name, timeblocks } = await client.timetables.get({ params: { id: timetableId } })
    console.log(name, timeblocks.length, "timeblocks")
    const calendar = await client.timetables.ics({
      params: { id: timetableId },
      query: { startDate: "2026-09-07", zone: "Europe/London" }
    })
    console.log((await calendar.text()).split("\r\n").length, "lines of a calendar")
  }
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true })
}
