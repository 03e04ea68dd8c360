/** The tables of the database in memory, each as the migrations declare it. */
import type { MemoryTable } from "../MemoryTable.ts"
import { apiKeys } from "./apiKeys.ts"
import { auditLogs, auditSeals } from "./auditLogs.ts"
import { documents, storageTombstones } from "./documents.ts"
import { extractions } from "./extractions.ts"
import { idempotencyKeys, loginThrottle } from "./guards.ts"
import { hitlTasks } from "./hitlTasks.ts"
import { outbox, outboxTopics } from "./outbox.ts"
import { processingJobs } from "./processingJobs.ts"
import { timeblocks } from "./timeblocks.ts"
import { timetables } from "./timetables.ts"
import { users } from "./users.ts"
import { webhookDeliveries, webhooks } from "./webhooks.ts"

export const tables: ReadonlyArray<MemoryTable> = [
  users,
  timetables,
  timeblocks,
  documents,
  storageTombstones,
  processingJobs,
  hitlTasks,
  extractions,
  apiKeys,
  webhooks,
  webhookDeliveries,
  idempotencyKeys,
  loginThrottle,
  outbox,
  outboxTopics,
  auditLogs,
  auditSeals
]
