import type { PipelineGraph } from "../pipeline/graph.ts"
import { stageTimesOf } from "../pipeline/jobMetadata.ts"
import type { RunReport } from "../pipeline/RunReport.ts"
import type { Extraction } from "./Extraction.ts"

/** Milliseconds with two decimals that a run has spent on each stage of reading; what higher tiers take counts too. */
export const timingsOf = (graph: PipelineGraph, report: RunReport): Extraction["timings"] => {
  const times = stageTimesOf(graph, report)
  const rounded = (milliseconds = 0) => Math.round(milliseconds * 100) / 100
  return {
    classification: rounded(times.classification),
    preprocessing: rounded(times.preprocessing),
    ocr: rounded(times.ocr),
    interpretation: rounded(times.interpretation),
    validation: rounded(times.validation),
    ...(times.llm !== undefined && { llm: rounded(times.llm) }),
    total: rounded(report.totalMs)
  }
}
