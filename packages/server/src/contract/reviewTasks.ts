import { ReviewDraft, ReviewPriority, ReviewTask, ReviewTaskStatus } from "@timegrid/core"
import * as z from "zod"
import { endpoint } from "./endpoint.ts"
import { ById, IfMatch, ListQuery, listOf, versioned } from "./shapes.ts"

const tag = "Reviews"
const VersionedTask = versioned(ReviewTask)

const step = (
  name: "claim" | "release" | "cancel",
  summary: string,
  access: "reviewTask:claim" | "reviewTask:work" | "reviewTask:cancel"
) =>
  endpoint({
    method: "post",
    path: `/review-tasks/{id}/${name}`,
    tag,
    summary,
    access,
    params: ById,
    answer: { status: 200, body: VersionedTask }
  })

/** How often a tier and a field had to be corrected. */
const AccuracyRow = z.object({
  tier: z.string(),
  field: z.string(),
  /** Fields that people have looked at. */
  reviewed: z.int(),
  corrected: z.int(),
  /** Share of what needed no correction, 0 to 1. */
  accuracy: z.number()
})

export const reviewTasks = {
  list: endpoint({
    method: "get",
    path: "/review-tasks",
    tag,
    summary: "List review tasks, the most urgent and oldest first",
    access: "reviewTask:read",
    query: ListQuery.extend({
      status: ReviewTaskStatus.optional(),
      priority: ReviewPriority.optional(),
      assignedTo: z.guid().optional()
    }),
    answer: { status: 200, body: listOf(VersionedTask) }
  }),
  accuracy: endpoint({
    method: "get",
    path: "/review-tasks/accuracy",
    tag,
    summary: "Read how often each tier and field had to be corrected",
    access: "metrics:read",
    query: z.object({ since: z.iso.datetime().optional() }),
    answer: { status: 200, body: z.object({ items: z.array(AccuracyRow).readonly() }) }
  }),
  get: endpoint({
    method: "get",
    path: "/review-tasks/{id}",
    tag,
    summary: "Read a review task",
    access: "reviewTask:read",
    params: ById,
    answer: { status: 200, body: VersionedTask }
  }),
  claim: step("claim", "Take a task to work on, for as long as its lease", "reviewTask:claim"),
  release: step("release", "Give a task back", "reviewTask:work"),
  cancel: step("cancel", "Cancel a task, which fails its job", "reviewTask:cancel"),
  assign: endpoint({
    method: "post",
    path: "/review-tasks/{id}/assign",
    tag,
    summary: "Give a task to a reviewer",
    access: "reviewTask:assign",
    params: ById,
    body: z.strictObject({ userId: z.guid() }),
    answer: { status: 200, body: VersionedTask }
  }),
  prioritize: endpoint({
    method: "patch",
    path: "/review-tasks/{id}",
    tag,
    summary: "Have a task reviewed sooner or later than the rule says",
    access: "reviewTask:prioritize",
    params: ById,
    body: z.strictObject({ priority: ReviewPriority }),
    answer: { status: 200, body: VersionedTask }
  }),
  save: endpoint({
    method: "put",
    path: "/review-tasks/{id}/draft",
    tag,
    summary: "Save work in progress, which also renews the lease",
    access: "reviewTask:work",
    params: ById,
    headers: IfMatch,
    body: ReviewDraft,
    answer: { status: 200, body: VersionedTask }
  }),
  complete: endpoint({
    method: "post",
    path: "/review-tasks/{id}/complete",
    tag,
    summary: "Finish a task: the timetable is written and the job completed",
    access: "reviewTask:work",
    params: ById,
    headers: IfMatch,
    body: z.strictObject({ draft: ReviewDraft, notes: z.string().max(10_000).optional() }),
    answer: { status: 200, body: VersionedTask }
  })
} as const
