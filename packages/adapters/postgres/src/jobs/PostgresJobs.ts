/** Jobs, outbox, audit log and reviews on PostgreSQL. Used as a namespace: `PostgresJobs.layer`. */
import { type JobServices, type JobStoreOptions, jobServices } from "@timegrid/core/queue"
import type { RepositoryServices } from "@timegrid/core/repository"
import { Layer } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { postgresRecords } from "./postgresRecords.ts"

/** Provides everything about the jobs of a schema, beside its repositories. */
export const layer = (
  options?: JobStoreOptions
): Layer.Layer<JobServices, never, RepositoryServices | PostgresDatabase> =>
  Layer.provide(jobServices(options), postgresRecords)
