/** Jobs: listed, read, followed, cancelled and tried again. */
import { type ProcessingJob, stageQueues } from "@timegrid/core"
import { JobStore } from "@timegrid/core/queue"
import { ProcessingJobs, type Stored } from "@timegrid/core/repository"
import { Effect, Stream } from "effect"
import type { Principal } from "../authorization/Principal.ts"
import type { Permission } from "../authorization/permissions.ts"
import { listOwner, visible } from "../authorization/visible.ts"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"
import { eventStreamResponse } from "../http/serverSentEvents.ts"
import { offeredTiers } from "../workers/CloudProviders.ts"
import { JobReader } from "../workers/JobReader.ts"
import { stageNamed, stageNodes } from "../workers/stageNodes.ts"
import { jobEvents } from "./jobEvents.ts"
import { shownJob } from "./shownJob.ts"

/** The job if the principal may do that to it. */
export const visibleJob = (principal: Principal, permission: Permission, id: string) =>
  visible(
    principal,
    permission,
    ProcessingJobs.use((jobs) => jobs.find(id)),
    ({ documentId, userId }) => ({ userId, documentId })
  )

const list = operation(api.jobs.list, ({ principal, query: { cursor, documentId, limit, status } }) =>
  Effect.map(
    ProcessingJobs.use((jobs) =>
      jobs.list({
        filter: {
          documentId,
          userId: listOwner(principal, "job:read"),
          ...(status === undefined ? {} : { statuses: [status] })
        },
        limit,
        after: cursor
      })
    ),
    (body) => ({ body })
  )
)

const get = operation(api.jobs.get, ({ params: { id }, principal }) =>
  Effect.gen(function* () {
    return { body: yield* shownJob(yield* visibleJob(principal, "job:read", id)) }
  })
)

const events = operation(api.jobs.events, ({ headers, params: { id }, principal }) =>
  Effect.gen(function* () {
    const { id: jobId, status, version } = yield* visibleJob(principal, "job:read", id)
    const after = Number(headers["last-event-id"] ?? 0)
    // A browser comes again whenever a stream has ended, until it is told that there is nothing more.
    if (after === version && (status === "completed" || status === "failed")) return new Response(null, { status: 204 })
    // What lies ahead of the job is no number of ours: whoever sends it knows nothing.
    const happened = jobEvents(jobId, Number.isSafeInteger(after) && after <= version ? after : 0)
    return yield* eventStreamResponse(
      Stream.map(happened, (event) => ({ id: String(event.seq), event: event.type, data: event }))
    )
  })
)

const cancel = operation(api.jobs.cancel, ({ params: { id }, principal }) =>
  Effect.gen(function* () {
    yield* visibleJob(principal, "job:cancel", id)
    return { body: yield* shownJob(yield* JobStore.use((jobs) => jobs.cancel(id))) }
  })
)

const retry = operation(api.jobs.retry, ({ body: { from }, params: { id }, principal }) =>
  Effect.gen(function* () {
    const job = yield* visibleJob(principal, "job:retry", id)
    const queue = from === undefined ? undefined : yield* queueOf(job, from)
    const checkpoint = { from: from ?? null }
    return {
      body: yield* shownJob(yield* JobStore.use((jobs) => jobs.retry(id, { checkpoint, ...(queue && { queue }) })))
    }
  })
)

/** Where a job waits whose document is to be read again from that stage on. */
const queueOf = Effect.fnUntraced(function* ({ documentId, userId }: Stored<ProcessingJob>, from: string) {
  const reader = yield* JobReader
  const graph = reader.graph(yield* offeredTiers(userId, documentId))
  const stage = stageNamed(graph, from)
  if (stage === undefined) {
    const names = [...new Set(stageNodes(graph).map(({ rowName }) => rowName))]
    const message = `There is no such stage; there are ${names.join(", ")}`
    return yield* new Problem({ code: "validation_failed", errors: [{ pointer: "/from", message }] })
  }
  return stage.jobStage === null ? undefined : (stageQueues[stage.jobStage] ?? undefined)
})

/** Every operation on jobs. */
export const jobOperations = [list, get, events, cancel, retry]
