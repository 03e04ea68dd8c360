/** The archive of jobs, and what maintenance asks, on PostgreSQL. Used as a namespace: `PostgresMaintenance.layer`. */

import type { BlobStore } from "@timegrid/core"
import type { AuditLogs } from "@timegrid/core/audit"
import { JobArchive, MaintenanceRecords } from "@timegrid/core/maintenance"
import type { UnitOfWork } from "@timegrid/core/repository"
import { Effect, Layer } from "effect"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { postgresMaintenanceRecords } from "./postgresMaintenanceRecords.ts"

/** Provides both, beside the repositories, the jobs and the blobs of a schema. */
export const layer: Layer.Layer<
  JobArchive | MaintenanceRecords,
  never,
  AuditLogs | BlobStore | PostgresDatabase | UnitOfWork
> = Layer.provideMerge(
  JobArchive.layer,
  Layer.effect(MaintenanceRecords, Effect.map(PostgresDatabase, postgresMaintenanceRecords))
)
