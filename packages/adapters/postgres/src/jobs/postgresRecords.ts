import type { QueueRecords } from "@timegrid/core/queue"
import { Layer } from "effect"
import { pgAuditRecords } from "../audit/pgAuditRecords.ts"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { pgOutboxRecords } from "../outbox/pgOutboxRecords.ts"
import { pgReviewRecords } from "../review/pgReviewRecords.ts"
import { pgJobRecords } from "./pgJobRecords.ts"

/** Provides what `jobServices` asks of a store, over the rows of a schema. */
export const postgresRecords: Layer.Layer<QueueRecords, never, PostgresDatabase> = Layer.mergeAll(
  pgJobRecords,
  pgOutboxRecords,
  pgAuditRecords,
  pgReviewRecords
)
