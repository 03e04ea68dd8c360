/** All repositories in memory, over one database. Used as a namespace: `MemoryRepositories.layer`. */
import { Context, Effect, Layer } from "effect"
import { ApiKeys } from "../ApiKeys.ts"
import { Extractions } from "../Extractions.ts"
import { IdempotencyKeys } from "../IdempotencyKeys.ts"
import { LoginThrottle } from "../LoginThrottle.ts"
import { ProcessingJobs } from "../ProcessingJobs.ts"
import type { RepositoryServices } from "../RepositoryServices.ts"
import { ReviewTasks } from "../ReviewTasks.ts"
import { Timeblocks } from "../Timeblocks.ts"
import { Timetables } from "../Timetables.ts"
import { UnitOfWork } from "../UnitOfWork.ts"
import { UploadedDocuments } from "../UploadedDocuments.ts"
import { Users } from "../Users.ts"
import { WebhookDeliveries } from "../WebhookDeliveries.ts"
import { Webhooks } from "../Webhooks.ts"
import { layer as databaseLayer, MemoryDatabase } from "./MemoryDatabase.ts"
import { memoryApiKeys } from "./memoryApiKeys.ts"
import { memoryExtractions } from "./memoryExtractions.ts"
import { memoryIdempotencyKeys } from "./memoryIdempotencyKeys.ts"
import { memoryLoginThrottle } from "./memoryLoginThrottle.ts"
import { memoryProcessingJobs } from "./memoryProcessingJobs.ts"
import { memoryReviewTasks } from "./memoryReviewTasks.ts"
import { memoryTimeblocks } from "./memoryTimeblocks.ts"
import { memoryTimetables } from "./memoryTimetables.ts"
import { memoryUploadedDocuments } from "./memoryUploadedDocuments.ts"
import { memoryUsers } from "./memoryUsers.ts"
import { memoryWebhookDeliveries, memoryWebhooks } from "./memoryWebhooks.ts"

/** The repositories of a database in memory. */
export const layerOf: Layer.Layer<RepositoryServices, never, MemoryDatabase> = Layer.effectContext(
  Effect.map(MemoryDatabase, (database) =>
    Context.make(Users, memoryUsers(database)).pipe(
      Context.add(Timetables, memoryTimetables(database)),
      Context.add(Timeblocks, memoryTimeblocks(database)),
      Context.add(UploadedDocuments, memoryUploadedDocuments(database)),
      Context.add(ProcessingJobs, memoryProcessingJobs(database)),
      Context.add(ReviewTasks, memoryReviewTasks(database)),
      Context.add(Extractions, memoryExtractions(database)),
      Context.add(ApiKeys, memoryApiKeys(database)),
      Context.add(Webhooks, memoryWebhooks(database)),
      Context.add(WebhookDeliveries, memoryWebhookDeliveries(database)),
      Context.add(IdempotencyKeys, memoryIdempotencyKeys(database)),
      Context.add(LoginThrottle, memoryLoginThrottle(database)),
      Context.add(UnitOfWork, { transaction: database.transaction })
    )
  )
)

/** All repositories over an empty database of their own; what it holds is gone with the process. */
export const layer: Layer.Layer<RepositoryServices | MemoryDatabase> = Layer.provideMerge(layerOf, databaseLayer)
