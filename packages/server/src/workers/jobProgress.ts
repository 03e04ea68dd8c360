/** Follows the events of a run: the states that its job goes through, and how its stages go. */
import {
  type JobState,
  jobStatesAfter,
  type PipelineEvent,
  type PipelineGraph,
  type ReviewEvent
} from "@timegrid/core/pipeline"
import type { JobStage } from "../contract/jobs.ts"
import { stageNodes } from "./stageNodes.ts"

/** How a job stands while it is worked on. */
export interface JobView {
  readonly state: JobState
  readonly stages: ReadonlyArray<JobStage>
}

/** The views that follow from an event, in order; none when it changes nothing that a row says. */
export const viewsAfter = (
  graph: PipelineGraph,
  view: JobView,
  event: PipelineEvent | ReviewEvent
): ReadonlyArray<JobView> => {
  const stages = stagesAfter(graph, view.stages, event)
  const states = jobStatesAfter(graph, view.state, event)
  if (states.length > 0) return states.map((state) => ({ state, stages }))
  return stages === view.stages ? [] : [{ state: view.state, stages }]
}

const stagesAfter = (
  graph: PipelineGraph,
  stages: ReadonlyArray<JobStage>,
  event: PipelineEvent | ReviewEvent
): ReadonlyArray<JobStage> => {
  if (!("stage" in event)) return stages
  const node = stageNodes(graph).find(({ path }) => path === event.stage)
  if (node === undefined || node.inner.length > 0) return stages
  const name = node.rowName
  const before = stages.find((stage) => stage.name === name)
  const put = (stage: Omit<JobStage, "name">): ReadonlyArray<JobStage> =>
    before === undefined
      ? [...stages, { name, ...stage }]
      : stages.map((each) => (each === before ? { name, ...stage } : each))
  const startedAt = before?.startedAt ?? ("at" in event ? event.at : null)
  switch (event.type) {
    case "stage:started":
      return put({ status: "running", startedAt, durationMs: before?.durationMs ?? null })
    case "stage:finished":
    case "stage:reused":
      return put({ status: "done", startedAt, durationMs: (before?.durationMs ?? 0) + event.durationMs })
    case "stage:failed":
      return put({ status: "failed", startedAt, durationMs: before?.durationMs ?? null })
    case "review:waiting":
      return put({ status: "waiting", startedAt, durationMs: null })
    default:
      return stages
  }
}
