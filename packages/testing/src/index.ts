export { auditLogContract } from "./audit/auditLogContract.ts"
export { type BlobContractOptions, blobStoreContract } from "./blobStoreContract.ts"
export { type CacheContractOptions, cacheContract } from "./cacheContract.ts"
export { type CacheReferencesContractOptions, cacheReferencesContract } from "./cacheReferencesContract.ts"
export { type DocumentSample, documentReaderContract, type RefusedDocument } from "./documentReaderContract.ts"
export { type EventBusContractOptions, eventBusContract } from "./eventBusContract.ts"
export { journalContract } from "./journalContract.ts"
export {
  type LlmContractBehaviour,
  type LlmContractOptions,
  llmContractAnswer,
  llmProviderContract
} from "./llmProviderContract.ts"
export { maintenanceContract } from "./maintenance/maintenanceContract.ts"
export { type MetricsContractOptions, metricsStoreContract } from "./metrics/metricsStoreContract.ts"
export { type OcrContractOptions, ocrProviderContract } from "./ocrProviderContract.ts"
export {
  anotherLine,
  blankPage,
  dayGrid,
  inColour,
  lineOfText,
  mondayMaths,
  type PageFixture,
  type TableFixture
} from "./pages.ts"
export { type ProgressStoreContractOptions, progressStoreContract } from "./progressStoreContract.ts"
export { jobStoreContract } from "./queue/jobStoreContract.ts"
export { outboxContract } from "./queue/outboxContract.ts"
export { type RateLimiterContractOptions, rateLimiterContract } from "./rateLimiterContract.ts"
export { repositoryContract } from "./repository/repositoryContract.ts"
export { repositoryModelContract } from "./repository/repositoryModelContract.ts"
export { reviewQueueContract } from "./review/reviewQueueContract.ts"
export { savedResultContract } from "./rows/savedResultContract.ts"
export { type SessionStoreContractOptions, sessionStoreContract } from "./sessionStoreContract.ts"
export { subscriptionStoreContract } from "./subscriptionStoreContract.ts"
export { wakeUpsContract } from "./wakeUpsContract.ts"
