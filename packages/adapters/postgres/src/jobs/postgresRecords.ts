import type { QueueRecords } from "@timegrid/core/queue"
import { Layer } from "effect"
import { postgresAuditRecords } from "../audit/postgresAuditRecords.ts"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { postgresOutboxRecords } from "../outbox/postgresOutboxRecords.ts"
import { postgresReviewRecords } from "../review/postgresReviewRecords.ts"
import { postgresJobRecords } from "./postgresJobRecords.ts"

/** Provides what `jobServices` asks of a store, over the rows of a schema. */
export const postgresRecords: Layer.Layer<QueueRecords, never, PostgresDatabase> = Layer.mergeAll(
  postgresJobRecords,
  postgresOutboxRecords,
  postgresAuditRecords,
  postgresReviewRecords
)
