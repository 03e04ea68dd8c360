/** What there is to do, in the order in which it is done: what makes room for something comes before it. */
import { Clock, Context, Duration, Effect } from "effect"
import { AuditLogs } from "../audit/AuditLogs.ts"
import { BlobStore } from "../blob/BlobStore.ts"
import { retentionDays } from "../domain/retention.ts"
import { MetricsStore } from "../metrics/MetricsStore.ts"
import { JobStore } from "../queue/JobStore.ts"
import { IdempotencyKeys } from "../repository/IdempotencyKeys.ts"
import { LoginThrottle } from "../repository/LoginThrottle.ts"
import { UploadedDocuments } from "../repository/UploadedDocuments.ts"
import { ReviewQueue } from "../review/ReviewQueue.ts"
import { collectRuns } from "./collectRuns.ts"
import { collectTombstones } from "./collectTombstones.ts"
import { findOrphans } from "./findOrphans.ts"
import { JobArchive } from "./JobArchive.ts"
import type { MaintenanceTask, TaskResult } from "./Maintenance.ts"
import { type MaintenanceDue, type MaintenanceLimits, MaintenanceRecords } from "./MaintenanceRecords.ts"

/** What maintenance works on. */
export type MaintenanceServices =
  | AuditLogs
  | BlobStore
  | IdempotencyKeys
  | JobArchive
  | JobStore
  | LoginThrottle
  | MaintenanceRecords
  | MetricsStore
  | ReviewQueue
  | UploadedDocuments

/** What can be chosen of {@link maintenanceTasks}; the days are those of `retentionDays` by default. */
export interface MaintenanceOptions {
  readonly retentionDays?: Partial<Readonly<Record<keyof typeof retentionDays, number>>> | undefined
  /** Removes blobs that are older than a day and that no row names, instead of only finding them. Default false. */
  readonly removeOrphans?: boolean | undefined
  /** Blobs younger than this may be about to get their row. Default a day. */
  readonly orphanAge?: Duration.Input | undefined
}

/** How long an upload may be pending, and a blob without a row. */
const settled = Duration.hours(24)
const dayMs = 86_400_000
const pageSize = 100
const concurrency = 4

/** The tasks of maintenance. Moments are taken when the tasks are made, so make them for each run. */
export const maintenanceTasks = Effect.fnUntraced(function* ({
  orphanAge = settled,
  removeOrphans = false,
  retentionDays: chosen = {}
}: MaintenanceOptions = {}): Effect.fn.Return<ReadonlyArray<MaintenanceTask>, never, MaintenanceServices> {
  const services = yield* Effect.context<MaintenanceServices>()
  const audit = Context.get(services, AuditLogs)
  const metrics = Context.get(services, MetricsStore)
  const records = Context.get(services, MaintenanceRecords)
  const now = yield* Clock.currentTimeMillis
  const days = { ...retentionDays, ...chosen }
  const ago = (count: number) => new Date(now - count * dayMs)
  const limits: MaintenanceLimits = {
    finishedJobs: ago(days.finishedJobs),
    pendingUploads: new Date(now - Duration.toMillis(settled)),
    rawMetrics: ago(days.rawMetrics),
    hourlyMetrics: ago(days.hourlyMetrics)
  }

  const task = (
    name: string,
    run: Effect.Effect<TaskResult, unknown, MaintenanceServices>,
    preview: Effect.Effect<TaskResult, unknown, MaintenanceServices> = nothing
  ): MaintenanceTask => ({
    name,
    run: Effect.provideContext(run, services),
    preview: Effect.provideContext(preview, services)
  })
  const due = (figures: (due: MaintenanceDue) => TaskResult["figures"]) =>
    Effect.map(records.due(limits), (found) => ({ figures: figures(found) }))

  return [
    task(
      "pending-uploads",
      failPendingUploads,
      due(({ pendingUploads: failed }) => ({ failed }))
    ),
    task("leases", endLeases),
    task("metrics-rollup", Effect.as(metrics.rollUp, { figures: {} })),
    task(
      "metrics-retention",
      Effect.map(metrics.expire({ raw: limits.rawMetrics, hourly: limits.hourlyMetrics }), (figures) => ({
        figures: { ...figures }
      })),
      due(({ hourlyMetrics: hourly, rawMetrics: raw }) => ({ raw, hourly }))
    ),
    task(
      "job-archive",
      archiveJobs(limits.finishedJobs),
      due(({ finishedJobs: archived }) => ({ archived }))
    ),
    task(
      "audit-seals",
      Effect.map(audit.seal, (sealed) => ({ figures: { sealed } }))
    ),
    task("audit-partitions", partitions(audit.ensurePartitions(), "made")),
    task("audit-retention", partitions(audit.dropPartitions(ago(days.auditLogs)), "dropped")),
    task(
      "expired-rows",
      removeExpired,
      due(({ cacheEntries, idempotencyKeys, sessions }) => ({ sessions, cacheEntries, idempotencyKeys }))
    ),
    task(
      "tombstones",
      collectTombstones(),
      due(({ tombstones: collected }) => ({ collected }))
    ),
    task("runs", collectRuns({ remove: true }), collectRuns({ remove: false })),
    task(
      "unfinished-blobs",
      BlobStore.use((blobs) => Effect.map(blobs.sweep(settled), (swept) => ({ figures: { swept } })))
    ),
    task(
      "orphans",
      findOrphans({ minAge: orphanAge, remove: removeOrphans }),
      findOrphans({ minAge: orphanAge, remove: false })
    )
  ]
})

const nothing = Effect.succeed<TaskResult>({ figures: {} })

const failPendingUploads = UploadedDocuments.use((documents) =>
  Effect.map(documents.failPending(settled), (failed) => ({ figures: { failed } }))
)

const endLeases = Effect.gen(function* () {
  const { expired, givenUp, republished } = yield* JobStore.use((jobs) => jobs.reconcile())
  const reviews = yield* ReviewQueue.use((queue) => queue.expire)
  return { figures: { expired, givenUp, republished, reviews } }
})

const archiveJobs = Effect.fnUntraced(function* (endedBefore: Date) {
  const archive = yield* JobArchive
  const records = yield* MaintenanceRecords
  let archived = 0
  let after: string | null = null
  for (;;) {
    const page: ReadonlyArray<string> = yield* records.finishedJobs(endedBefore, after, pageSize)
    const done = yield* Effect.forEach(page, archive.archive, { concurrency })
    archived += done.filter(Boolean).length
    after = page.at(-1) ?? after
    if (page.length < pageSize) return { figures: { archived } }
  }
})

const partitions = <E, R>(names: Effect.Effect<ReadonlyArray<string>, E, R>, verb: "made" | "dropped") =>
  Effect.map(names, (partitions) => ({ figures: { [verb]: partitions.length } }))

const removeExpired = Effect.gen(function* () {
  const rows = yield* MaintenanceRecords.use((records) => records.removeExpired)
  const idempotencyKeys = yield* IdempotencyKeys.use((keys) => keys.removeExpired)
  const loginFailures = yield* LoginThrottle.use((throttle) => throttle.removeOlder(settled))
  return { figures: { ...rows, idempotencyKeys, loginFailures } }
})
