import { describe, layer } from "@effect/vitest"
import type { RepositoryServices } from "@timegrid/core/repository"
import type { Layer } from "effect"
import { apiKeysContract } from "./apiKeysContract.ts"
import { extractionsContract } from "./extractionsContract.ts"
import { idempotencyKeysContract } from "./idempotencyKeysContract.ts"
import { loginThrottleContract } from "./loginThrottleContract.ts"
import { processingJobsContract } from "./processingJobsContract.ts"
import { reviewTasksContract } from "./reviewTasksContract.ts"
import { timeblocksContract } from "./timeblocksContract.ts"
import { timetablesContract } from "./timetablesContract.ts"
import { unitOfWorkContract } from "./unitOfWorkContract.ts"
import { uploadedDocumentsContract } from "./uploadedDocumentsContract.ts"
import { usersContract } from "./usersContract.ts"
import { webhookDeliveriesContract } from "./webhookDeliveriesContract.ts"
import { webhooksContract } from "./webhooksContract.ts"

const suites = {
  Users: usersContract,
  Timetables: timetablesContract,
  Timeblocks: timeblocksContract,
  UploadedDocuments: uploadedDocumentsContract,
  ProcessingJobs: processingJobsContract,
  ReviewTasks: reviewTasksContract,
  Extractions: extractionsContract,
  ApiKeys: apiKeysContract,
  Webhooks: webhooksContract,
  WebhookDeliveries: webhookDeliveriesContract,
  IdempotencyKeys: idempotencyKeysContract,
  LoginThrottle: loginThrottleContract,
  UnitOfWork: unitOfWorkContract
}

/**
 * The promises that every store of rows keeps: one suite for each repository and one for the unit of work, all on one
 * store, which is empty at the start and nobody else's. Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * repositoryContract("memory", MemoryRepositories.layer)
 */
export const repositoryContract = <E>(name: string, store: Layer.Layer<RepositoryServices, E>): void => {
  layer(store, { excludeTestServices: true })(`Repository contract: ${name}`, (it) => {
    for (const [service, suite] of Object.entries(suites)) describe(service, () => suite(it))
  })
}
