/** All repositories on PostgreSQL. Used as a namespace: `PostgresRepositories.layer`. */
import {
  ApiKeys,
  Extractions,
  IdempotencyKeys,
  LoginThrottle,
  ProcessingJobs,
  type RepositoryServices,
  ReviewTasks,
  Timeblocks,
  Timetables,
  UnitOfWork,
  UploadedDocuments,
  Users,
  WebhookDeliveries,
  Webhooks
} from "@timegrid/core/repository"
import { Context, Effect, Layer } from "effect"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { postgresApiKeys } from "./postgresApiKeys.ts"
import { postgresExtractions } from "./postgresExtractions.ts"
import { postgresIdempotencyKeys } from "./postgresIdempotencyKeys.ts"
import { postgresLoginThrottle } from "./postgresLoginThrottle.ts"
import { postgresProcessingJobs } from "./postgresProcessingJobs.ts"
import { postgresReviewTasks } from "./postgresReviewTasks.ts"
import { postgresTimeblocks } from "./postgresTimeblocks.ts"
import { postgresTimetables } from "./postgresTimetables.ts"
import { postgresUploadedDocuments } from "./postgresUploadedDocuments.ts"
import { postgresUsers } from "./postgresUsers.ts"
import { postgresWebhookDeliveries, postgresWebhooks } from "./postgresWebhooks.ts"

/** Provides the repositories of a schema that `migrate` has brought up to date. */
export const layer: Layer.Layer<RepositoryServices, never, PostgresDatabase> = Layer.effectContext(
  Effect.map(PostgresDatabase, (database) =>
    Context.make(Users, postgresUsers(database)).pipe(
      Context.add(Timetables, postgresTimetables(database)),
      Context.add(Timeblocks, postgresTimeblocks(database)),
      Context.add(UploadedDocuments, postgresUploadedDocuments(database)),
      Context.add(ProcessingJobs, postgresProcessingJobs(database)),
      Context.add(ReviewTasks, postgresReviewTasks(database)),
      Context.add(Extractions, postgresExtractions(database)),
      Context.add(ApiKeys, postgresApiKeys(database)),
      Context.add(Webhooks, postgresWebhooks(database)),
      Context.add(WebhookDeliveries, postgresWebhookDeliveries(database)),
      Context.add(IdempotencyKeys, postgresIdempotencyKeys(database)),
      Context.add(LoginThrottle, postgresLoginThrottle(database)),
      Context.add(UnitOfWork, { transaction: database.transaction })
    )
  )
)
