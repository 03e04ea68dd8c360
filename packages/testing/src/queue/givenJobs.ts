/** Jobs in the queue, and what was said of them, for the contract suites. */
import type { QueueName } from "@timegrid/core"
import { AuditLogs } from "@timegrid/core/audit"
import { type JobRequest, type JobServices, JobStore, Outbox, type OutboxMessage } from "@timegrid/core/queue"
import type { RepositoryServices } from "@timegrid/core/repository"
import { Duration, Effect, Option, References } from "effect"
import { documentInput, givenUser } from "../repository/given.ts"

/** What a store of jobs provides, all over the same rows. */
export type QueueServices = RepositoryServices | JobServices

/** Longer than any test. */
export const longLease = Duration.minutes(10)

/** A job of a document and user of its own. */
export const givenEnqueued = Effect.fnUntraced(function* (request: Partial<JobRequest> = {}) {
  const document = request.document ?? documentInput((yield* givenUser()).id)
  return yield* JobStore.use((jobs) => jobs.enqueue({ ...request, document }))
})

/** The job, in the hands of `owner`. */
export const claimJob = Effect.fnUntraced(function* (
  jobId: string,
  { leaseFor = longLease as Duration.Input, owner = "worker", queue = "classification-queue" as QueueName } = {}
) {
  const claimed = yield* JobStore.use((jobs) => jobs.claim(queue, { owner, leaseFor, jobId }))
  return Option.getOrThrow(claimed)
})

/** A new job in the hands of a worker. */
export const givenClaimed = Effect.fnUntraced(function* (request: Partial<JobRequest> = {}) {
  const { job } = yield* givenEnqueued(request)
  return yield* claimJob(job.id, { queue: request.queue ?? "classification-queue" })
})

/** A new job that waits for a person. */
export const givenForReview = Effect.fnUntraced(function* (request: Partial<JobRequest> = {}) {
  const { lease } = yield* givenClaimed(request)
  const jobs = yield* JobStore
  yield* jobs.transition(lease, { status: "validating", stage: "validation" })
  return yield* jobs.transition(lease, { status: "hitl_pending", stage: "review" })
})

export const findJob = (jobId: string) => JobStore.use((jobs) => Effect.map(jobs.find(jobId), Option.getOrThrow))

/** All messages of a topic that wait, which then do so no longer. */
export const takeMessages = Effect.fnUntraced(function* (topic: string) {
  const taken: Array<OutboxMessage> = []
  const outbox = yield* Outbox
  yield* outbox.relay(topic, (messages) => Effect.sync(() => void taken.push(...messages)))
  return taken
})

/** What was said of a job on a topic; the other messages of the topic go. */
export const saidOf = Effect.fnUntraced(function* (topic: string, jobId: string) {
  const messages = yield* takeMessages(topic)
  return messages
    .map(({ payload }) => payload as Readonly<Record<string, unknown>>)
    .filter((payload) => payload.jobId === jobId)
})

/** The rows of the audit log about a resource, oldest first. */
export const auditOf = Effect.fnUntraced(function* (resourceId: string) {
  const { items } = yield* AuditLogs.use((audit) => audit.list({ filter: { resourceId }, limit: 100 }))
  return items.toReversed()
})

/** Leaves out what is logged of writes that are refused on purpose. */
export const quietly = Effect.provideService(References.MinimumLogLevel, "None")
