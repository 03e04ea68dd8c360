/** What a job goes through: its statuses, the changes between them, and the stages that they follow from. */
import * as z from "zod"

/** The statuses of a job, letter by letter those of `processing_jobs.status`. */
export const jobStatuses = [
  "pending",
  "classifying",
  "preprocessing",
  "ocr",
  "llm_processing",
  "validating",
  "completed",
  "failed",
  "hitl_pending",
  "hitl_in_progress"
] as const

/** One of {@link jobStatuses}. */
export const JobStatus = z.enum(jobStatuses)
export type JobStatus = z.output<typeof JobStatus>

/** Statuses in which a worker is busy with the job. */
export const liveJobStatuses = ["classifying", "preprocessing", "ocr", "llm_processing", "validating"] as const

/** One of {@link liveJobStatuses}. */
export type LiveJobStatus = (typeof liveJobStatuses)[number]

/** Where every live status may go besides the next stages. */
const outcomes = ["completed", "failed", "hitl_pending"] as const

/**
 * The statuses that may follow each one. A job fails out of `pending` when it is cancelled before a worker takes it. A
 * stage may be skipped; from `validating` a job goes on to a higher tier. A status that stays the same is no change.
 */
export const legalStatusChanges: Readonly<Record<JobStatus, ReadonlyArray<JobStatus>>> = {
  pending: [...liveJobStatuses, "failed"],
  classifying: ["preprocessing", "ocr", "validating", "llm_processing", ...outcomes],
  preprocessing: ["ocr", "validating", "llm_processing", ...outcomes],
  ocr: ["validating", "llm_processing", ...outcomes],
  llm_processing: ["validating", ...outcomes],
  validating: ["ocr", "llm_processing", ...outcomes],
  hitl_pending: ["hitl_in_progress", "failed"],
  hitl_in_progress: ["hitl_pending", "completed", "failed"],
  failed: ["pending"],
  completed: []
}

/** Whether a job may go from one status straight to another; see {@link legalStatusChanges}. */
export const isLegalStatusChange = (from: JobStatus, to: JobStatus): boolean => legalStatusChanges[from].includes(to)

/** The stages of the pipeline that comes with Timegrid, in order; `llm` and `review` only where they are needed. */
export const jobStages = [
  "classification",
  "preprocessing",
  "ocr",
  "interpretation",
  "validation",
  "llm",
  "review"
] as const

/** One of {@link jobStages}. */
export type JobStage = (typeof jobStages)[number]

/** The status of a job that has come to a stage; a job in review changes to `hitl_in_progress` when someone takes it. */
export const stageStatuses: Readonly<Record<JobStage, JobStatus>> = {
  classification: "classifying",
  preprocessing: "preprocessing",
  ocr: "ocr",
  interpretation: "validating",
  validation: "validating",
  llm: "llm_processing",
  review: "hitl_pending"
}
