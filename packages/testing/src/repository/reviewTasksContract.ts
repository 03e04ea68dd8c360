import { assert, type Vitest } from "@effect/vitest"
import { type RepositoryServices, type ReviewTaskFilter, ReviewTasks } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { assertFailsAs, assertRefusedBy } from "./failures.ts"
import { genericContract } from "./genericContract.ts"
import { givenJob, givenReviewTask, givenUser, unlike } from "./given.ts"

const draft = {
  timeblocks: [{ name: "Maths", dayOfWeek: "Monday", startTime: "09:00", endTime: null, own: 1 }]
} as const

/** The promises of `ReviewTasks`. */
export const reviewTasksContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  genericContract(it, {
    table: "hitl_tasks",
    repository: Effect.gen(function* () {
      return yield* ReviewTasks
    }),
    scope: Effect.map(givenUser(), ({ id }) => ({
      filter: { assignedTo: id },
      input: Effect.map(givenJob(), (job) => ({
        jobId: job.id,
        assignedTo: id,
        priority: "urgent" as const,
        draftData: { timeblocks: [...draft.timeblocks] },
        metadata: { draft: { timeblocks: [] }, own: true }
      }))
    })),
    noMatch: { assignedTo: unlike() },
    changes: { status: "completed", finalData: { timeblocks: [] }, completedAt: "2031-02-03T04:05:06.789Z" },
    changed: { status: "completed", finalData: { timeblocks: [] }, completedAt: "2031-02-03T04:05:06.789Z" },
    invalid: {
      "a status that is none": { status: "open" },
      "a priority that is none": { priority: "soon" },
      "a draft without timeblocks": { draftData: {} },
      "text that Postgres refuses": { reviewNotes: "a\0b" },
      "text that Postgres refuses in a draft": {
        finalData: { timeblocks: [{ name: "\ud800", dayOfWeek: null, startTime: null, endTime: null }] }
      }
    }
  })

  it.effect("a task belongs to a job, and is assigned to somebody that there is", () =>
    Effect.gen(function* () {
      const tasks = yield* ReviewTasks
      yield* assertRefusedBy("ConstraintViolation", "hitl_tasks_job_id_fkey", tasks.insert({ jobId: unlike() }))
      const { id } = yield* givenReviewTask()
      const assigned = tasks.update(id, { assignedTo: unlike() })
      yield* assertRefusedBy("ConstraintViolation", "hitl_tasks_assigned_to_fkey", assigned)
    })
  )

  it.effect("a job has one open task, and another after that is completed or cancelled", () =>
    Effect.gen(function* () {
      const tasks = yield* ReviewTasks
      const { id: jobId } = yield* givenJob()
      for (const status of ["completed", "cancelled"] as const) {
        const { id } = yield* tasks.insert({ jobId })
        const another = tasks.insert({ jobId, status: "in_progress" })
        yield* assertRefusedBy("UniqueViolation", "idx_hitl_tasks_one_open", another)
        yield* tasks.update(id, { status })
      }
      const open = yield* tasks.insert({ jobId })
      const { items } = yield* tasks.list({ filter: { jobId, statuses: ["completed"] } })
      const reopened = tasks.update(items[0]?.id ?? "", { status: "pending" })
      yield* assertRefusedBy("UniqueViolation", "idx_hitl_tasks_one_open", reopened)
      assert.strictEqual((yield* tasks.get(open.id)).status, "pending")
    })
  )

  it.effect("a list keeps to its filter", () =>
    Effect.gen(function* () {
      const tasks = yield* ReviewTasks
      const user = yield* givenUser()
      const first = yield* givenReviewTask({ assignedTo: user.id, status: "assigned", priority: "high" })
      const second = yield* givenReviewTask({ assignedTo: user.id, status: "completed" })
      const found = Effect.fnUntraced(function* (filter: ReviewTaskFilter) {
        const { items } = yield* tasks.list({ filter: { assignedTo: user.id, ...filter } })
        return items.map(({ id }) => id).toSorted()
      })
      assert.deepStrictEqual(yield* found({ jobId: second.jobId }), [second.id])
      assert.deepStrictEqual(yield* found({ statuses: ["assigned"] }), [first.id])
      assert.deepStrictEqual(yield* found({ statuses: ["assigned", "completed"] }), [first.id, second.id].toSorted())
      assert.deepStrictEqual(yield* found({ priority: "high" }), [first.id])
      yield* assertFailsAs("RowInvalid", found({ statuses: [] }))
    })
  )

  it.effect(
    "the list by urgency has the most urgent first, of those alike the oldest, and goes on behind each page",
    () =>
      Effect.gen(function* () {
        const tasks = yield* ReviewTasks
        const { id: assignedTo } = yield* givenUser()
        const made: Array<{ readonly id: string; readonly priority: string }> = []
        for (const priority of ["low", "urgent", "normal", "high", "urgent", "low", "high"] as const)
          made.push(yield* givenReviewTask({ assignedTo, status: "assigned", priority }))
        const expected = ["urgent", "high", "normal", "low"].flatMap((wanted) =>
          made.filter(({ priority }) => priority === wanted).map(({ id }) => id)
        )
        const filter = { assignedTo }
        const all = yield* tasks.listByUrgency({ filter })
        assert.strictEqual(all.nextCursor, null)
        // Two that were made at the same moment go by their ids.
        const createdAt = (id: string) => all.items.find((task) => task.id === id)?.createdAt
        const found = all.items.map(({ id }) => id)
        assert.deepStrictEqual(found.map(createdAt), expected.map(createdAt))
        assert.deepStrictEqual(
          all.items.map(({ priority }) => priority),
          ["urgent", "urgent", "high", "high", "normal", "low", "low"]
        )
        const paged: Array<string> = []
        let after: string | undefined
        do {
          const page: Effect.Success<ReturnType<typeof tasks.listByUrgency>> = yield* tasks.listByUrgency({
            filter,
            limit: 2,
            after
          })
          paged.push(...page.items.map(({ id }) => id))
          after = page.nextCursor ?? undefined
        } while (after !== undefined)
        assert.deepStrictEqual(paged, found)
        const { nextCursor } = yield* tasks.list({ filter, limit: 1 })
        yield* assertFailsAs("RowInvalid", tasks.listByUrgency({ filter, after: nextCursor ?? "" }))
        yield* assertFailsAs("RowInvalid", tasks.listByUrgency({ filter, after: "" }))
      })
  )

  it.effect("a task is pending, of normal priority and nobody's unless said otherwise", () =>
    Effect.gen(function* () {
      const task = yield* givenReviewTask()
      assert.deepStrictEqual([task.status, task.priority, task.assignedTo], ["pending", "normal", null])
      assert.deepStrictEqual([task.draftData, task.finalData], [null, null])
      assert.deepStrictEqual(Option.getOrThrow(yield* (yield* ReviewTasks).find(task.id)), task)
    })
  )
}
