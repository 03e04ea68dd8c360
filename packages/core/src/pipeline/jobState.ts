/** What a job's row says while its run goes on: one mapping from the graph and the events. */
import {
  isLegalStatusChange,
  type JobStatus,
  legalStatusChanges,
  liveJobStatuses,
  stageStatuses
} from "../domain/jobStatus.ts"
import { type Tier, tierRanks } from "../domain/Tier.ts"
import { nodesByPath, type PipelineGraph } from "./graph.ts"
import type { PipelineEvent } from "./PipelineEvent.ts"

/** The columns of a job that follow from its run. */
export interface JobState {
  readonly status: JobStatus
  /** The stage that was entered last: one of a job's stages, or the name of a stage of one's own. */
  readonly stage: string | null
  /** The highest tier that the document has been through. */
  readonly processingTier: Tier | null
  readonly confidence: number | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly retryCount: number
}

/** A job whose run has not begun. */
export const pendingJob: JobState = {
  status: "pending",
  stage: null,
  processingTier: null,
  confidence: null,
  errorCode: null,
  errorMessage: null,
  retryCount: 0
}

/** What people do with a review, told by whoever keeps the review tasks. */
export type ReviewEvent = { readonly type: "review:taken" } | { readonly type: "review:returned" }

/**
 * The states that a job goes through because of one event, in order; none when nothing changes. Each change of status is
 * a legal one: where the event asks for more than one step, such as from waiting for a person straight to completed, the
 * steps between are there, and a status that cannot be reached is not taken.
 */
export const jobStatesAfter = (
  graph: PipelineGraph,
  before: JobState,
  event: PipelineEvent | ReviewEvent
): ReadonlyArray<JobState> => {
  switch (event.type) {
    case "run:resumed":
      return before.status === "failed"
        ? [{ ...before, status: "pending", errorCode: null, errorMessage: null, retryCount: before.retryCount + 1 }]
        : []
    case "stage:started":
      return entered(graph, before, event.stage)
    case "stage:finished":
    case "stage:reused":
      return changed(before, {
        processingTier: highest(before.processingTier, event.notes.tier ?? null),
        confidence: event.notes.confidence ?? before.confidence
      })
    case "review:waiting":
      return changed(before, { stage: nodesByPath(graph).get(event.stage)?.rowName ?? event.stage })
    case "review:answered":
      return before.status === "hitl_pending"
        ? moved({ ...before, processingTier: "hitl" }, "hitl_in_progress")
        : changed(before, { processingTier: "hitl" })
    case "review:taken":
      return moved(before, "hitl_in_progress")
    case "review:returned":
      return before.status === "hitl_in_progress" ? moved(before, "hitl_pending") : []
    case "run:waiting":
      return moved(before, "hitl_pending")
    case "run:completed":
      return moved(before, "completed")
    case "run:failed":
      return moved(before, "failed", { errorCode: event.code, errorMessage: event.message })
    case "run:cancelled":
      return moved(before, "failed", { errorCode: "cancelled", errorMessage: "The run was cancelled." })
    default:
      return []
  }
}

const entered = (graph: PipelineGraph, before: JobState, path: string): ReadonlyArray<JobState> => {
  const node = nodesByPath(graph).get(path)
  // A review only changes the status when everything else has come to rest.
  if (node === undefined || node.jobStage === null || node.kind === "review") return []
  const stage = node.rowName
  const status = stageStatuses[node.jobStage]
  if (status === before.status) return changed(before, { stage })
  return isLegalStatusChange(before.status, status) ? [{ ...before, stage, status }] : []
}

const highest = (one: Tier | null, other: Tier | null): Tier | null =>
  one === null || (other !== null && tierRanks[other] > tierRanks[one]) ? other : one

const changed = (before: JobState, change: Partial<JobState>): ReadonlyArray<JobState> => {
  const after = { ...before, ...change }
  return (Object.keys(change) as Array<keyof JobState>).some((key) => before[key] !== after[key]) ? [after] : []
}

/** By the shortest way of legal changes through statuses at work; what else changes, changes with the last step. */
const moved = (before: JobState, target: JobStatus, change: Partial<JobState> = {}): ReadonlyArray<JobState> => {
  const way = statusesBetween(before.status, target)
  return way.map((status, step) => ({ ...before, ...(step === way.length - 1 && change), status }))
}

const throughways: ReadonlySet<JobStatus> = new Set([...liveJobStatuses, "hitl_in_progress"])

const statusesBetween = (from: JobStatus, target: JobStatus): ReadonlyArray<JobStatus> => {
  const ways: Array<ReadonlyArray<JobStatus>> = [[from]]
  const seen = new Set([from])
  for (const way of ways) {
    for (const next of legalStatusChanges[way.at(-1)!]) {
      if (next === target) return [...way.slice(1), next]
      if (seen.has(next) || !throughways.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return []
}
