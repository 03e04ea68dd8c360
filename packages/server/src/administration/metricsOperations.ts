/** Figures of jobs, as administrators read them. */
import { MetricsStore } from "@timegrid/core/metrics"
import { ProcessingJobs } from "@timegrid/core/repository"
import { Clock, Effect } from "effect"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"

const dayMs = 24 * 60 * 60 * 1_000

const hourly = operation(api.metrics.hourly, ({ query }) =>
  Effect.gen(function* () {
    const to = query.to === undefined ? new Date(yield* Clock.currentTimeMillis) : new Date(query.to)
    const from = query.from === undefined ? new Date(to.getTime() - dayMs) : new Date(query.from)
    return { body: { items: yield* MetricsStore.use((metrics) => metrics.hourly({ from, to })) } }
  })
)

const queue = operation(api.metrics.queue, () =>
  Effect.map(
    ProcessingJobs.use((jobs) => jobs.queueStatistics),
    (items) => ({ body: { items } })
  )
)

/** Every operation on figures. */
export const metricsOperations = [hourly, queue]
