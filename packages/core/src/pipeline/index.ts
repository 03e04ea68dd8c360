export { Amount, type AmountUnit, amountUnits, Cost } from "./Amount.ts"
export { ArtifactRef, type ArtifactsOf, artifactKey, type Schemas } from "./Artifact.ts"
export { type AlignedPair, alignBlocks } from "./alignBlocks.ts"
export { type Consensus, type ConsensusOptions, consensus } from "./consensus.ts"
export { stage } from "./defineStage.ts"
export { type ClassifiedError, type ErrorClass, errorClasses, errorClassOf, errorCodeOf } from "./errorClass.ts"
export { type FirstThatOptions, firstThat, type InnerPaths, type Ladder } from "./firstThat.ts"
export type { PipelineGraph, StageNode } from "./graph.ts"
export { Journal, JournalError, JournalRow } from "./Journal.ts"
export { jobMetadataOf } from "./jobMetadata.ts"
export { type JobState, jobStatesAfter, pendingJob, type ReviewEvent } from "./jobState.ts"
export * as MemoryJournal from "./MemoryJournal.ts"
export { pipeline } from "./makePipeline.ts"
export type {
  Cancellable,
  CompletedRun,
  EffectPipeline,
  Pipeline,
  ResumeOptions,
  RunOptions,
  RunResult,
  RunStream,
  WaitingRun
} from "./Pipeline.ts"
export {
  ArtifactInvalid,
  BudgetExceeded,
  CircuitOpen,
  PipelineError,
  type PipelineErrorReason,
  RunCancelled,
  RunConflict,
  RunUnknown,
  StageDied,
  StageThrew,
  StoreFailed,
  TimedOut
} from "./PipelineError.ts"
export { type EventListener, PipelineEvent } from "./PipelineEvent.ts"
export type { AnswerOf, Step, StepOf, Steps } from "./PipelineTypes.ts"
export {
  defaultProviderLimits,
  makeProviderGates,
  ProviderGates,
  type ProviderGatesShape,
  type ProviderLimits
} from "./ProviderGates.ts"
export { defaultRetryPolicy, type RetryPolicy } from "./RetryPolicy.ts"
export { RunNotes, RunReport, StageRecord } from "./RunReport.ts"
export { type Review, type ReviewOptions, review } from "./review.ts"
export type {
  AnyStage,
  CallOptions,
  Charge,
  EffectStageContext,
  PromiseStageContext,
  Stage,
  StageContext,
  StageKind,
  StageOptions
} from "./Stage.ts"
export { timeblockAgreement } from "./timeblockAgreement.ts"
export { toMermaid } from "./toMermaid.ts"
