export type { BlobCapability } from "./blob/BlobCapability.ts"
export {
  BlobCorrupt,
  BlobError,
  type BlobFailure,
  BlobRefused,
  BlobStoreUnavailable,
  BlobTooLarge,
  BlobUnsupported
} from "./blob/BlobError.ts"
export {
  BlobStore,
  type OpenBlob,
  type PresignedPost,
  type PresignGetOptions,
  type PresignPostOptions,
  type PutBlob,
  type PutOptions,
  type PutStreamOptions,
  type ReadOptions,
  type StoredBlob
} from "./blob/BlobStore.ts"
export { blobKeyFault, checkBlobKey } from "./blob/blobKey.ts"
export { blobsUnder } from "./blob/blobsUnder.ts"
export {
  type CheckedContent,
  type ContentChecks,
  checkBytes,
  checkedContent,
  type Sha256
} from "./blob/checkedContent.ts"
export { joinBytes } from "./blob/joinBytes.ts"
export * as MemoryBlobStore from "./blob/MemoryBlobStore.ts"
export { Cache } from "./cache/Cache.ts"
export { CacheError, CacheRefused, CacheUnavailable } from "./cache/CacheError.ts"
export type { CachedOptions, CacheHit } from "./cache/CacheHit.ts"
export { CacheReferences, eraseCached, referencingCache } from "./cache/CacheReferences.ts"
export { cachedLlm } from "./cache/cachedLlm.ts"
export { cachedOcr } from "./cache/cachedOcr.ts"
export * as MemoryCache from "./cache/MemoryCache.ts"
export * as MemoryCacheReferences from "./cache/MemoryCacheReferences.ts"
export { DocumentError, type DocumentErrorCode, documentErrorCodes } from "./document/DocumentError.ts"
export type { DocumentReader, DocumentType, OpenDocument, RenderOptions } from "./document/DocumentReader.ts"
export { isBlankImage } from "./document/isBlankImage.ts"
export { defaultLimits, type Limits } from "./document/Limits.ts"
export type { BoundingBox, Fill, Page, PageImage, Rotation, Rule, Word, WordStyle } from "./document/Page.ts"
export {
  ApiMetric,
  ApiMetricCodec,
  ApiMetricInput,
  ApiMetricInsert,
  ApiMetricRow
} from "./domain/ApiMetric.ts"
export {
  AuditLog,
  AuditLogCodec,
  AuditLogInput,
  AuditLogInsert,
  AuditLogRow
} from "./domain/AuditLog.ts"
export {
  isLegalStatusChange,
  type JobStage,
  JobStatus,
  jobStages,
  jobStatuses,
  type LiveJobStatus,
  legalStatusChanges,
  liveJobStatuses,
  stageStatuses
} from "./domain/jobStatus.ts"
export {
  ProcessingJob,
  ProcessingJobChanges,
  ProcessingJobCodec,
  ProcessingJobFixture,
  ProcessingJobInput,
  ProcessingJobInsert,
  ProcessingJobMetadata,
  ProcessingJobRow,
  ProcessingJobUpdate,
  ProcessingTime
} from "./domain/ProcessingJob.ts"
export {
  ProcessingMetric,
  ProcessingMetricCodec,
  ProcessingMetricInput,
  ProcessingMetricInsert,
  ProcessingMetricRow
} from "./domain/ProcessingMetric.ts"
export { KeptReviewDraft, ReviewDraft, ReviewDraftCodec, ReviewTimeblock } from "./domain/ReviewDraft.ts"
export {
  ReviewPriority,
  ReviewTask,
  ReviewTaskChanges,
  ReviewTaskCodec,
  ReviewTaskFixture,
  ReviewTaskInput,
  ReviewTaskInsert,
  ReviewTaskMetadata,
  ReviewTaskRow,
  ReviewTaskStatus,
  ReviewTaskUpdate,
  reviewPriorities,
  reviewPriorityRanks
} from "./domain/ReviewTask.ts"
export { CachedLlmResult, CachedLlmResultCodec, llmResultEntry } from "./domain/redis/CachedLlmResult.ts"
export { CachedOcrResult, CachedOcrResultCodec, ocrResultEntry } from "./domain/redis/CachedOcrResult.ts"
export { JobProgress, JobProgressCodec, JobProgressHash, jobProgressEntry } from "./domain/redis/JobProgress.ts"
export { JobSubscriptions, subscriptionsEntry } from "./domain/redis/JobSubscriptions.ts"
export { type QueueKeyType, type QueueName, queueKey, queueNames, stageQueues } from "./domain/redis/queues.ts"
export { RateLimitCount, RateLimitCountCodec, rateLimitEntry } from "./domain/redis/RateLimitCount.ts"
export { type RedisEntry, redisEntry } from "./domain/redis/RedisEntry.ts"
export { Session, sessionEntry } from "./domain/redis/Session.ts"
export { retentionDays } from "./domain/retention.ts"
export { Tier, tierRanks, tiers } from "./domain/Tier.ts"
export {
  defaultTimeblockColor,
  Timeblock,
  TimeblockChanges,
  TimeblockCodec,
  TimeblockFixture,
  TimeblockInput,
  TimeblockInsert,
  TimeblockMetadata,
  TimeblockRow,
  TimeblockUpdate
} from "./domain/Timeblock.ts"
export {
  Timetable,
  TimetableChanges,
  TimetableCodec,
  TimetableFixture,
  TimetableInput,
  TimetableInsert,
  TimetableMarker,
  TimetableMetadata,
  TimetableRow,
  TimetableStatus,
  TimetableUpdate,
  UnplacedTimeblock
} from "./domain/Timetable.ts"
export { timeblockSeconds } from "./domain/timeSpan.ts"
export {
  DocumentFileType,
  documentObjectKey,
  UploadedDocument,
  UploadedDocumentChanges,
  UploadedDocumentCodec,
  UploadedDocumentFixture,
  UploadedDocumentInput,
  UploadedDocumentInsert,
  UploadedDocumentMetadata,
  UploadedDocumentRow,
  UploadedDocumentUpdate,
  UploadStatus
} from "./domain/UploadedDocument.ts"
export {
  User,
  UserChanges,
  UserCodec,
  UserFixture,
  UserInput,
  UserInsert,
  UserRole,
  UserRow,
  UserSettings,
  UserUpdate
} from "./domain/User.ts"
export { Email } from "./domain/values.ts"
export { Weekday, weekdayRanks, weekdays } from "./domain/Weekday.ts"
export { DocumentRow, EvaluatedGroup, EvaluatedMiss, EvaluationReport } from "./evaluation/EvaluationReport.ts"
export {
  type EvaluatedDocument,
  type Evaluation,
  type EvaluationOptions,
  makeEvaluation
} from "./evaluation/evaluation.ts"
export {
  type GroundedField,
  type GroundingCounts,
  type GroundingResult,
  groundingOf,
  type UngroundedField
} from "./evaluation/grounding.ts"
export { noPrediction, type PredictedBlock, type Prediction, predictionOf } from "./evaluation/Prediction.ts"
export { decodePrediction, type ReadPrediction } from "./evaluation/predictionFile.ts"
export type { AcceptedShare, RiskCoverage } from "./evaluation/riskCoverage.ts"
export {
  type DocumentFigures,
  type DocumentScore,
  type Miss,
  type PrecisionRecall,
  type ScoreMeasure,
  scoreDocument,
  scoreMeasures
} from "./evaluation/score.ts"
export { acceptanceThreshold, type ScoreSummary, summarizeScores } from "./evaluation/summary.ts"
export { Truth, TruthBlock } from "./evaluation/Truth.ts"
export { type CalendarZone, findCalendarZone } from "./export/calendarZone.ts"
export type { EncodedPageImage } from "./export/html/pageFigure.ts"
export { type HtmlOptions, toHtml } from "./export/html/toHtml.ts"
export { printable } from "./export/printable.ts"
export { type CsvOptions, csvColumns, toCsv } from "./export/toCsv.ts"
export { type IcsExport, type IcsOptions, toIcs } from "./export/toIcs.ts"
export { toJson } from "./export/toJson.ts"
export { type TableOptions, toTable } from "./export/toTable.ts"
export { ClassifiedDocument } from "./extraction/artifacts/ClassifiedDocument.ts"
export { InterpretationArtifact } from "./extraction/artifacts/InterpretationArtifact.ts"
export { PagesArtifact, ReadPagesArtifact } from "./extraction/artifacts/PagesArtifact.ts"
export { SourceDocument } from "./extraction/artifacts/SourceDocument.ts"
export { type Classification, classifyDocument, fileTooLarge } from "./extraction/classifyDocument.ts"
export { DocumentReaders } from "./extraction/DocumentReaders.ts"
export {
  EvidenceWord,
  ExtractedMarker,
  ExtractedTimeblock,
  Extraction,
  ExtractionWarning,
  FieldEvidence
} from "./extraction/Extraction.ts"
export type { ExtractionProgress, ExtractionStage, ProgressListener } from "./extraction/ExtractionProgress.ts"
export {
  type ExtractDocumentOptions,
  type ExtractionRun,
  extractDocument,
  type JournalledExtractionOptions,
  runExtraction,
  runJournalledExtraction,
  type StandardStagePath
} from "./extraction/extractDocument.ts"
export type { ReadPage } from "./extraction/readPages.ts"
export * as stages from "./extraction/stages/index.ts"
export { type StandardPipeline, type StandardPipelineOptions, standardPipeline } from "./extraction/standardPipeline.ts"
export type { CloudOcr } from "./extraction/tiers/CloudOcr.ts"
export {
  acceptanceConfidence,
  Route,
  type RoutingPolicy,
  routeOf,
  routeReasons
} from "./extraction/tiers/RoutingPolicy.ts"
export { UntimedExtraction } from "./extraction/validateExtraction.ts"
export { readPageImage } from "./image/readPageImage.ts"
export {
  AnswerMalformed,
  AnswerMismatch,
  AnswerRefused,
  AnswerTooLong,
  AnswerTruncated,
  LlmError,
  type LlmErrorReason
} from "./llm/LlmError.ts"
export { costOfTokens, type LlmPrice, type LlmPrices } from "./llm/LlmPrices.ts"
export {
  type LlmAnswer,
  type LlmCapabilities,
  LlmProvider,
  type LlmRepair,
  type LlmRequest,
  type PromptPart
} from "./llm/LlmProvider.ts"
export { LlmReading, RejectedTimeblock, rejectionReasons } from "./llm/LlmReading.ts"
export { addSpent, LlmSpent, nothingSpent } from "./llm/LlmSpent.ts"
export { LlmTimeblock, LlmTimetable } from "./llm/LlmTimetable.ts"
export { type ReadingPrompt, readingPrompt } from "./llm/readingPrompt.ts"
export { type ReadWithLlmOptions, readWithLlm } from "./llm/readWithLlm.ts"
export { type EnsembleOptions, ensembleLayer, ensembleOcr } from "./ocr/ensemble.ts"
export { fallbackOcr, fallbackOcrLayer } from "./ocr/fallbackOcr.ts"
export { inLanguage } from "./ocr/inLanguage.ts"
export {
  CapabilityMissing,
  EngineNotInstalled,
  EngineUnavailable,
  OcrError,
  type OcrErrorReason,
  ResponseMalformed,
  ResponseTooLarge,
  UnreadableImage
} from "./ocr/OcrError.ts"
export type { OcrPage, OcrTable } from "./ocr/OcrPage.ts"
export { type OcrOptions, OcrProvider } from "./ocr/OcrProvider.ts"
export { recognizeTables } from "./ocr/recognizeTables.ts"
export { type FallbackOptions, type FallenOver, fallback } from "./provider/fallback.ts"
export { retryAfterMsOf } from "./provider/retryAfter.ts"
export {
  AuthenticationFailed,
  QuotaExhausted,
  RateLimited,
  RequestRejected,
  type ServiceFailure,
  ServiceTimedOut,
  ServiceUnavailable
} from "./provider/serviceFailures.ts"
export { drawnTables } from "./table/drawnTables.ts"
export { type StatedCell, statedTable } from "./table/statedTable.ts"
export type { Cell, Table } from "./table/Table.ts"
export { type Interpretation, interpretPages } from "./timetable/interpretPages.ts"
