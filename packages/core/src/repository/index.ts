export type { RowValues } from "../domain/quickRows.ts"
export { type ResultRows, resultRows } from "../rows/resultRows.ts"
export { reviewDraftOf, reviewedResult, saveReview } from "../rows/review.ts"
export { type ResultWriter, type SavedResult, saveExtraction } from "../rows/saveExtraction.ts"
export type { TimetableRows } from "../rows/timetableRows.ts"
export type { UploadContext } from "../rows/UploadContext.ts"
export { ApiKeyFilter, ApiKeys, apiKeyTable } from "./ApiKeys.ts"
export { type EntityTable, entityTable, type Row } from "./EntityTable.ts"
export { ExtractionFilter, Extractions, extractionTable } from "./Extractions.ts"
export { type IdempotencyClaim, IdempotencyKey, IdempotencyKeys, KeptAnswer } from "./IdempotencyKeys.ts"
export { LoginThrottle, type Throttled, ThrottleKey, type ThrottlePolicy, throttlePolicyOf } from "./LoginThrottle.ts"
export { CursorUnknown, decodeListCursor, encodeListCursor, type ListPosition } from "./listCursor.ts"
export { MemoryDatabase } from "./memory/MemoryDatabase.ts"
export * as MemoryRepositories from "./memory/MemoryRepositories.ts"
export type { MemorySession } from "./memory/MemorySession.ts"
export {
  type NamedJob,
  ProcessingJobFilter,
  ProcessingJobs,
  processingJobTable
} from "./ProcessingJobs.ts"
export { type ListPart, listParserFor, parserFor, rowIdOf } from "./parsing.ts"
export {
  ListLimit,
  type ListPage,
  type ListQuery,
  type Repository,
  type Stored,
  type WriteOptions
} from "./Repository.ts"
export {
  ConstraintViolation,
  RepositoryError,
  type RepositoryFailure,
  RowInvalid,
  RowMissing,
  StaleVersion,
  StoreUnavailable,
  UniqueViolation
} from "./RepositoryError.ts"
export type { RepositoryServices } from "./RepositoryServices.ts"
export { ReviewTaskFilter, ReviewTasks, reviewTaskTable } from "./ReviewTasks.ts"
export { ActiveTimetable, ActiveTimetableCodec } from "./records/ActiveTimetable.ts"
export {
  ApiKey,
  ApiKeyChanges,
  ApiKeyCodec,
  ApiKeyInput,
  ApiKeyInsert,
  ApiKeyRow,
  ApiKeyUpdate
} from "./records/ApiKey.ts"
export {
  ExtractionRecord,
  ExtractionRecordChanges,
  ExtractionRecordCodec,
  ExtractionRecordInput,
  ExtractionRecordInsert,
  ExtractionRecordRow,
  ExtractionRecordUpdate
} from "./records/ExtractionRecord.ts"
export { QueueStatistics, QueueStatisticsCodec } from "./records/QueueStatistics.ts"
export {
  Webhook,
  WebhookChanges,
  WebhookCodec,
  WebhookEvent,
  WebhookInput,
  WebhookInsert,
  WebhookRow,
  WebhookUpdate
} from "./records/Webhook.ts"
export {
  WebhookDelivery,
  WebhookDeliveryChanges,
  WebhookDeliveryCodec,
  WebhookDeliveryInput,
  WebhookDeliveryInsert,
  WebhookDeliveryRow,
  WebhookDeliveryStatus,
  WebhookDeliveryUpdate,
  WebhookPayload
} from "./records/WebhookDelivery.ts"
export { type TimeblockContent, TimeblockFilter, Timeblocks, timeblockTable } from "./Timeblocks.ts"
export {
  ActiveLimit,
  ActiveTimetableFilter,
  activeTimetableList,
  type CountedTimetable,
  type FilledTimetable,
  TimetableFilter,
  Timetables,
  timetableTable
} from "./Timetables.ts"
export { UnitOfWork } from "./UnitOfWork.ts"
export { UploadedDocumentFilter, UploadedDocuments, uploadedDocumentTable } from "./UploadedDocuments.ts"
export { type Credentials, UserFilter, Users, userTable } from "./Users.ts"
export { encodeUrgencyCursor, type UrgencyPart, type UrgencyPosition, urgencyPartOf } from "./urgency.ts"
export {
  type DueDelivery,
  WebhookDeliveries,
  WebhookDeliveryFilter,
  webhookDeliveryTable
} from "./WebhookDeliveries.ts"
export { WebhookFilter, Webhooks, webhookTable } from "./Webhooks.ts"
