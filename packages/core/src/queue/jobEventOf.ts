import type { ProcessingJob } from "../domain/ProcessingJob.ts"
import type { Stored } from "../repository/Repository.ts"
import type { JobEvent } from "./JobEvent.ts"

/** What is said of a job that has just been changed: its version is the event's place in the order. */
export const jobEventOf = (job: Stored<ProcessingJob>, at: string): Exclude<JobEvent, { type: "hitl:required" }> => {
  const { confidence, documentId, errorCode, errorMessage, processingTier, stage, status, timetableId, userId } = job
  const about = { seq: job.version, jobId: job.id, documentId, userId, at }
  const state = { status, stage, processingTier, confidence }
  if (status === "completed") return { type: "job:completed", ...about, ...state, timetableId }
  if (status === "failed") return { type: "job:failed", ...about, ...state, errorCode, errorMessage }
  return { type: "job:status", ...about, ...state }
}
