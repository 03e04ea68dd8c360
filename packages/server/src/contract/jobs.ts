import { JobStatus, ProcessingJob, Tier } from "@timegrid/core"
import * as z from "zod"
import { endpoint } from "./endpoint.ts"
import { ById, ListQuery, listOf } from "./shapes.ts"

const tag = "Jobs"

/** How one stage of a job went, or is going. */
export const JobStage = z.object({
  name: z.string(),
  status: z.enum(["waiting", "running", "done", "failed", "skipped"]),
  startedAt: z.iso.datetime().nullable(),
  durationMs: z.number().nullable()
})
export type JobStage = z.output<typeof JobStage>

/** A job with its stages. */
export const Job = z.object({
  id: z.guid(),
  documentId: z.guid(),
  timetableId: z.guid().nullable(),
  userId: z.guid(),
  status: JobStatus,
  stage: z.string().nullable(),
  processingTier: Tier.nullable(),
  confidence: z.number().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  retryCount: z.int(),
  /** 0 to 100. */
  progress: z.number(),
  stages: z.array(JobStage).readonly(),
  reviewTaskId: z.guid().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  completedAt: z.iso.datetime().nullable()
})
export type Job = z.output<typeof Job>

/** A job that was started. */
export const JobStarted = z.object({ documentId: z.guid(), jobId: z.guid(), status: JobStatus })

export const jobs = {
  list: endpoint({
    method: "get",
    path: "/jobs",
    tag,
    summary: "List jobs, newest first",
    access: "job:read",
    query: ListQuery.extend({ status: JobStatus.optional(), documentId: z.guid().optional() }),
    answer: { status: 200, body: listOf(ProcessingJob) }
  }),
  get: endpoint({
    method: "get",
    path: "/jobs/{id}",
    tag,
    summary: "Read a job with its stages",
    access: "job:read",
    params: ById,
    answer: { status: 200, body: Job }
  }),
  events: endpoint({
    method: "get",
    path: "/jobs/{id}/events",
    tag,
    summary:
      "Follow a job by server-sent events; Last-Event-ID continues where a stream broke off, and 204 says that nothing follows",
    access: "job:read",
    params: ById,
    headers: z.object({ "last-event-id": z.string().max(100).optional() }),
    answer: { status: 200, mediaType: "text/event-stream" }
  }),
  cancel: endpoint({
    method: "post",
    path: "/jobs/{id}/cancel",
    tag,
    summary: "Cancel a job",
    access: "job:cancel",
    params: ById,
    answer: { status: 200, body: Job }
  }),
  retry: endpoint({
    method: "post",
    path: "/jobs/{id}/retry",
    tag,
    summary:
      "Try a failed job again where it stopped, or from a stage on: that stage and what depends on it are done anew",
    access: "job:retry",
    params: ById,
    body: z.strictObject({ from: z.string().max(50).optional() }),
    answer: { status: 202, body: Job }
  })
} as const
