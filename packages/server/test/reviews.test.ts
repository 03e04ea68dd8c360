import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { AuditLogs } from "@timegrid/core/audit"
import { Effect } from "effect"
import { reviewPriorityOf } from "../src/reviews/reviewPriority.ts"
import { draft, givenReview } from "./givenReview.ts"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { refused, signUp } from "./people.ts"

let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer({}, { worker: false })
})
afterAll(() => server.stop())

/** A fresh copy, to be changed. */
const finished = () => ({ timeblocks: draft.timeblocks.map((block) => ({ ...block })) })

/** A teacher's document that waits for a person, and two who may review it. */
const scene = async (name: string) => {
  const teacher = await signUp(server, `${name}-teacher`)
  const reviewer = await signUp(server, `${name}-reviewer`, "reviewer")
  const other = await signUp(server, `${name}-other`, "reviewer")
  const { jobId, taskId, documentId } = await givenReview(server, teacher.id)
  return { teacher, reviewer, other, jobId, documentId, params: { id: taskId } }
}

describe("review tasks", () => {
  it("are listed the most urgent first, of those alike the oldest, over all pages", async () => {
    const own = await startMemoryServer({}, { worker: false })
    try {
      const teacher = await signUp(own, "teacher")
      const { client } = await signUp(own, "reviewer", "reviewer")
      const expected: Array<readonly [string, string]> = []
      for (const priority of ["low", "high", "urgent", "normal", "high"] as const) {
        expected.push([priority, (await givenReview(own, teacher.id, priority)).taskId])
        await new Promise((resolve) => setTimeout(resolve, 3))
      }
      const order = ["urgent", "high", "normal", "low"].flatMap((wanted) =>
        expected.filter(([priority]) => priority === wanted).map(([, id]) => id)
      )
      const listed: Array<string> = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof client.reviewTasks.list>> = await client.reviewTasks.list({
          query: { status: "pending", limit: 2, ...(cursor === null ? {} : { cursor }) }
        })
        listed.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor !== null)
      assert.deepStrictEqual(listed, order)
    } finally {
      await own.stop()
    }
  })

  it("are more urgent the less a user has: nothing read, something doubtful, only a sample", () => {
    const priority = (reason: "no_timetable" | "unreadable" | "sampled" | "low_confidence") =>
      reviewPriorityOf({ route: { reason } } as unknown as Parameters<typeof reviewPriorityOf>[0])
    assert.deepStrictEqual(
      [priority("no_timetable"), priority("unreadable"), priority("low_confidence"), priority("sampled")],
      ["high", "high", "normal", "low"]
    )
  })

  it("are claimed by one at a time, and open their document to that one as long as they hold it", async () => {
    const { documentId, other, params, reviewer } = await scene("claim")
    await refused(reviewer.client.documents.get({ params: { id: documentId } }), "not_found")
    const task = await reviewer.client.reviewTasks.claim({ params })
    assert.deepStrictEqual([task.status, task.assignedTo], ["in_progress", reviewer.id])
    assert.strictEqual((await reviewer.client.documents.get({ params: { id: documentId } })).id, documentId)
    await refused(other.client.reviewTasks.claim({ params }), "conflict")
    await refused(other.client.documents.get({ params: { id: documentId } }), "not_found")
    await refused(other.client.reviewTasks.save({ params, body: finished() }), "conflict")
    await reviewer.client.reviewTasks.release({ params })
    await refused(reviewer.client.documents.get({ params: { id: documentId } }), "not_found")
    await other.client.reviewTasks.claim({ params })
  })

  it("keep work in progress apart from the machine's draft, and refuse to lose somebody's newer one", async () => {
    const { params, reviewer } = await scene("save")
    const { version } = await reviewer.client.reviewTasks.claim({ params })
    const headers = { "if-match": `"${version}"` }
    const body = finished()
    body.timeblocks.pop()
    const saved = await reviewer.client.reviewTasks.save({ params, headers, body })
    assert.strictEqual(saved.metadata.draft?.timeblocks.length, 1)
    assert.strictEqual(saved.draftData?.timeblocks.length, 2)
    await refused(reviewer.client.reviewTasks.save({ params, headers, body }), "stale_version")
    const finish = reviewer.client.reviewTasks.complete({ params, headers, body: { draft: body } })
    await refused(finish, "stale_version")
  })

  it("once complete have written the timetable, finished the job and kept what a person has changed", async () => {
    const { jobId, params, reviewer, teacher } = await scene("complete")
    await reviewer.client.reviewTasks.claim({ params })
    const final = finished()
    final.timeblocks[1] = { ...final.timeblocks[1]!, name: "Music" } as never
    const task = await reviewer.client.reviewTasks.complete({ params, body: { draft: final, notes: "One word" } })
    assert.deepStrictEqual([task.status, task.reviewNotes], ["completed", "One word"])
    const job = await teacher.client.jobs.get({ params: { id: jobId } })
    assert.deepStrictEqual([job.status, job.processingTier, job.reviewTaskId], ["completed", "hitl", params.id])
    const { timeblocks } = await teacher.client.timetables.get({ params: { id: String(job.timetableId) } })
    assert.deepStrictEqual(
      timeblocks.map(({ name }) => name),
      ["Maths", "Music"]
    )
    const { items } = await server.run(
      Effect.flatMap(AuditLogs, (audit) => audit.list({ filter: { resourceId: params.id } }))
    )
    const actions = items.map(({ action }) => action)
    assert.deepStrictEqual(actions, ["review.completed", "review.claimed", "review.opened"])
    const admin = await signUp(server, "accuracy-admin", "admin")
    const report = await admin.client.reviewTasks.accuracy()
    const name = report.items.find(({ field }) => field === "name")
    assert.deepInclude(name, { reviewed: 2, corrected: 1, accuracy: 0.5 })
    await refused(reviewer.client.reviewTasks.claim({ params }), "conflict")
  })

  it("are not complete with a timeblock that has no name, which is pointed to in the body", async () => {
    const { params, reviewer } = await scene("invalid")
    await reviewer.client.reviewTasks.claim({ params })
    const body = finished()
    body.timeblocks[0] = { ...body.timeblocks[0]!, name: " " } as never
    const problem = await refused(
      reviewer.client.reviewTasks.complete({ params, body: { draft: body } }),
      "validation_failed"
    )
    assert.deepStrictEqual(
      problem.errors.map(({ pointer }) => pointer),
      ["/draft/timeblocks/0/name"]
    )
  })

  it("are given to a reviewer by an administrator, and then are nobody else's", async () => {
    const { other, params, reviewer } = await scene("assign")
    const admin = await signUp(server, "assign-admin", "admin")
    await refused(other.client.reviewTasks.assign({ params, body: { userId: other.id } }), "forbidden")
    const task = await admin.client.reviewTasks.assign({ params, body: { userId: reviewer.id } })
    assert.deepStrictEqual([task.status, task.assignedTo], ["assigned", reviewer.id])
    await refused(other.client.reviewTasks.claim({ params }), "conflict")
    await reviewer.client.reviewTasks.claim({ params })
  })

  it("are made urgent by an administrator, who leaves them with whoever has them and in the audit log", async () => {
    const { params, reviewer } = await scene("urgent")
    const admin = await signUp(server, "urgent-admin", "admin")
    const body = { priority: "urgent" } as const
    await reviewer.client.reviewTasks.claim({ params })
    await refused(reviewer.client.reviewTasks.prioritize({ params, body }), "forbidden")
    const task = await admin.client.reviewTasks.prioritize({ params, body })
    assert.deepStrictEqual([task.priority, task.status, task.assignedTo], ["urgent", "in_progress", reviewer.id])
    const { items } = await admin.client.reviewTasks.list({ query: { limit: 1 } })
    assert.strictEqual(items[0]?.id, params.id)
    const log = await admin.client.auditLogs.list({ query: { resourceId: params.id } })
    assert.deepInclude(log.items[0]?.changes, { from: "normal", to: "urgent" })
    await reviewer.client.reviewTasks.complete({ params, body: { draft: finished() } })
    await refused(admin.client.reviewTasks.prioritize({ params, body: { priority: "low" } }), "conflict")
  })

  it("when cancelled by an administrator fail their job with a stable code", async () => {
    const { jobId, params, teacher } = await scene("cancel")
    const admin = await signUp(server, "cancel-admin", "admin")
    assert.strictEqual((await admin.client.reviewTasks.cancel({ params })).status, "cancelled")
    const job = await teacher.client.jobs.get({ params: { id: jobId } })
    assert.deepStrictEqual([job.status, job.errorCode], ["failed", "cancelled"])
  })

  it("go with their job when its user cancels it", async () => {
    const { jobId, params, reviewer, teacher } = await scene("job-cancel")
    await teacher.client.jobs.cancel({ params: { id: jobId } })
    await refused(reviewer.client.reviewTasks.claim({ params }), "conflict")
  })
})

describe("four eyes", () => {
  it("look at each document: nobody reviews their own", async () => {
    const reviewer = await signUp(server, "own-reviewer", "reviewer")
    const { taskId } = await givenReview(server, reviewer.id)
    await refused(reviewer.client.reviewTasks.claim({ params: { id: taskId } }), "forbidden")
  })

  it("are not asked for where the server is set to a lone administrator", async () => {
    const own = await startMemoryServer({ reviewOwnDocuments: true }, { worker: false })
    try {
      const admin = await signUp(own, "lone", "admin")
      const { taskId } = await givenReview(own, admin.id)
      const params = { id: taskId }
      await admin.client.reviewTasks.claim({ params })
      const { status } = await admin.client.reviewTasks.complete({ params, body: { draft: finished() } })
      assert.strictEqual(status, "completed")
    } finally {
      await own.stop()
    }
  })
})
