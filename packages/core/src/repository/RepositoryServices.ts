import type { ApiKeys } from "./ApiKeys.ts"
import type { Extractions } from "./Extractions.ts"
import type { IdempotencyKeys } from "./IdempotencyKeys.ts"
import type { LoginThrottle } from "./LoginThrottle.ts"
import type { ProcessingJobs } from "./ProcessingJobs.ts"
import type { ReviewTasks } from "./ReviewTasks.ts"
import type { Timeblocks } from "./Timeblocks.ts"
import type { Timetables } from "./Timetables.ts"
import type { UnitOfWork } from "./UnitOfWork.ts"
import type { UploadedDocuments } from "./UploadedDocuments.ts"
import type { Users } from "./Users.ts"
import type { WebhookDeliveries } from "./WebhookDeliveries.ts"
import type { Webhooks } from "./Webhooks.ts"

/** What a store of rows provides: every repository, and the unit of work that spans them. */
export type RepositoryServices =
  | ApiKeys
  | Extractions
  | IdempotencyKeys
  | LoginThrottle
  | ProcessingJobs
  | ReviewTasks
  | Timeblocks
  | Timetables
  | UnitOfWork
  | UploadedDocuments
  | Users
  | WebhookDeliveries
  | Webhooks
