import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { MetricsStore } from "@timegrid/core/metrics"
import { makeTimetable } from "@timegrid/maker"
import { givenReview } from "./givenReview.ts"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { refused, signUp, until } from "./people.ts"

let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer()
})
afterAll(() => server.stop())

/** The events of a job from after `lastEventId` on, until the stream ends. */
const eventsOf = async (jobId: string, cookie: string, lastEventId?: string) => {
  const response = await fetch(`${server.url}/api/v1/jobs/${jobId}/events`, {
    headers: { cookie, ...(lastEventId !== undefined && { "last-event-id": lastEventId }) }
  })
  const text = await response.text()
  return [...text.matchAll(/^id: (\d+)\nevent: (\S+)\ndata: (.+)$/gm)].map(([, id, event, data]) => ({
    id: Number(id),
    event,
    data: JSON.parse(String(data)) as { readonly status: string; readonly seq: number }
  }))
}

describe("a job", () => {
  it("that has ended tells so at once, and a browser that knows it already not to come again", async () => {
    const { client, cookie, id } = await signUp(server, "late")
    const { jobId } = await givenReview(server, id)
    await client.jobs.cancel({ params: { id: jobId } })
    const events = await eventsOf(jobId, cookie)
    assert.deepStrictEqual(
      events.map(({ data, event }) => [event, data.status]),
      [["job:failed", "failed"]]
    )
    assert.strictEqual(events[0]?.id, events[0]?.data.seq)
    const before = await eventsOf(jobId, cookie, String(Number(events[0]?.id) - 1))
    assert.deepStrictEqual(before, events)
    for (const unknown of ["garbage", "-1", "999999", "9".repeat(90)])
      assert.deepStrictEqual(await eventsOf(jobId, cookie, unknown), events, unknown)
    const known = await fetch(`${server.url}/api/v1/jobs/${jobId}/events`, {
      headers: { cookie, "last-event-id": String(events[0]?.id) }
    })
    assert.deepStrictEqual([known.status, await known.text()], [204, ""])
  })

  it("that is deleted ends the streams that follow it", async () => {
    const { client, cookie, id } = await signUp(server, "gone")
    const { documentId, jobId } = await givenReview(server, id)
    const response = await fetch(`${server.url}/api/v1/jobs/${jobId}/events`, { headers: { cookie } })
    await client.documents.delete({ params: { id: documentId } })
    assert.match(await response.text(), /event: job:status/)
  })

  it("that is cancelled is final for a worker, and may be tried again, which is counted", async () => {
    const { client, id } = await signUp(server, "retry")
    const { jobId } = await givenReview(server, id)
    const params = { id: jobId }
    await refused(client.jobs.retry({ params, body: {} }), "conflict")
    const cancelled = await client.jobs.cancel({ params })
    assert.deepStrictEqual([cancelled.status, cancelled.errorCode], ["failed", "cancelled"])
    const unknown = await refused(client.jobs.retry({ params, body: { from: "reading" } }), "validation_failed")
    assert.deepStrictEqual(
      unknown.errors.map(({ pointer }) => pointer),
      ["/from"]
    )
    const again = await client.jobs.retry({ params, body: { from: "ocr" } })
    assert.deepStrictEqual([again.retryCount, again.errorCode], [1, null])
    // Its bytes are three and no timetable: the worker says so.
    const ended = await until(
      () => client.jobs.get({ params }),
      ({ status }) => status === "failed"
    )
    assert.isNotNull(ended.errorCode)
  })

  it("writes a row of figures for each of its stages and for itself", async () => {
    const { client } = await signUp(server, "measured")
    const { bytes } = await makeTimetable({ seed: 1, tier: "pdf" })
    const file = new File([new Uint8Array(bytes)], "week.pdf", { type: "application/pdf" })
    const { jobId } = await client.documents.upload({ form: { file } })
    const job = await until(
      () => client.jobs.get({ params: { id: jobId } }),
      ({ status }) => ["completed", "hitl_pending", "failed"].includes(status)
    )
    assert.isTrue(job.stages.every(({ durationMs }) => durationMs !== null && durationMs >= 0))
    await until(
      async () => server.measured.filter((row) => row.jobId === jobId),
      (rows) => rows.some(({ stage }) => stage === undefined || stage === null)
    )
    const rows = server.measured.filter((row) => row.jobId === jobId)
    const stages = rows.flatMap(({ stage }) => stage ?? [])
    for (const stage of ["classification", "preprocessing", "ocr", "interpretation", "validation"])
      assert.include(stages, stage)
    assert.isTrue(rows.every(({ success }) => success === true))
  })
})

describe("a request", () => {
  it("writes a row of figures under its operation, and is counted for Prometheus", async () => {
    const { client, id } = await signUp(server, "counted")
    await client.auth.me()
    const range = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) }
    const figures = await until(
      () => server.run(MetricsStore.use((store) => store.requests(range))),
      (rows) => rows.some(({ endpoint }) => endpoint === "/auth/me")
    )
    assert.isAbove(figures.length, 0)
    const text = await (await fetch(`${server.url}/metrics`)).text()
    assert.match(
      text,
      /timegrid_http_request_duration_seconds_count\{[^}]*path="\/auth\/me"[^}]*status="200"[^}]*\} [1-9]/
    )
    assert.notInclude(text, id)
  })
})
