export {
  type CompletedReview,
  type ReviewClaim,
  type ReviewCompletion,
  ReviewQueue,
  type ReviewRequest,
  type ReviewSave
} from "./ReviewQueue.ts"
export {
  DraftInvalid,
  type DraftIssue,
  OwnDocument,
  ReviewQueueError,
  TaskClosed,
  TaskNotHeld,
  TaskTaken
} from "./ReviewQueueError.ts"
export { type ReviewRecord, ReviewRecords } from "./ReviewRecords.ts"
export { ReviewCorrections, reviewCorrections } from "./reviewCorrections.ts"
export { reviewRecordOf } from "./reviewRow.ts"
