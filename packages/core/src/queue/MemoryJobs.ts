/** Everything about jobs in memory, beside all repositories. Used as a namespace: `MemoryJobs.layer`. */
import { Layer } from "effect"
import { memoryAuditRecords } from "../audit/memoryAuditRecords.ts"
import type { MemoryDatabase } from "../repository/memory/MemoryDatabase.ts"
import { layer as repositories } from "../repository/memory/MemoryRepositories.ts"
import type { RepositoryServices } from "../repository/RepositoryServices.ts"
import { memoryReviewRecords } from "../review/memoryReviewRecords.ts"
import type { JobStoreOptions } from "./JobStore.ts"
import { type JobServices, jobServices } from "./jobServices.ts"
import { memoryJobRecords } from "./memoryJobRecords.ts"
import { memoryOutboxRecords } from "./memoryOutboxRecords.ts"

const records = Layer.mergeAll(memoryJobRecords, memoryOutboxRecords, memoryAuditRecords, memoryReviewRecords)

/** All repositories and what jobs need, over an empty database of their own that is gone with the process. */
export const layer = (options?: JobStoreOptions): Layer.Layer<JobServices | RepositoryServices | MemoryDatabase> =>
  jobServices(options).pipe(Layer.provide(records), Layer.provideMerge(repositories))
