import { nodesByPath, type PipelineGraph } from "../pipeline/graph.ts"
import type { EventListener } from "../pipeline/PipelineEvent.ts"
import {
  type ExtractionProgress,
  type ExtractionStage,
  isExtractionStage,
  type ProgressListener,
  pagesProgress,
  stageBegins
} from "./ExtractionProgress.ts"

/** Follows the events of a run of `graph` and tells how far the reading has come, which never falls. */
export const progressOf = (graph: PipelineGraph, onProgress: ProgressListener): EventListener => {
  const nodes = nodesByPath(graph)
  let pages: number | null = null
  let fraction = 0

  const stageOf = (path: string): ExtractionStage | null => {
    const name = nodes.get(path)?.jobStage ?? null
    return name !== null && isExtractionStage(name) ? name : null
  }
  const tell = (progress: ExtractionProgress) => {
    // A higher tier goes back to a stage that was left.
    fraction = Math.max(fraction, progress.fraction)
    onProgress({ ...progress, fraction })
  }

  return (event) => {
    switch (event.type) {
      case "stage:started": {
        const stage = stageOf(event.stage)
        if (stage !== null) tell(stageBegins(stage, pages))
        break
      }
      case "stage:progress": {
        const stage = stageOf(event.stage)
        if (stage !== null && pages !== null) tell(pagesProgress(stage, event.fraction * pages, pages))
        break
      }
      case "stage:finished":
      case "stage:reused":
        pages = event.notes.pageCount ?? pages
        break
      case "run:completed":
      case "run:waiting":
        tell(pagesProgress("validation", pages ?? 0, pages ?? 0))
    }
  }
}
