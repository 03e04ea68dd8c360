import { jobStages } from "../domain/jobStatus.ts"
import type { ProcessingJobMetadata } from "../domain/ProcessingJob.ts"
import type { PipelineGraph } from "./graph.ts"
import { nodesByPath } from "./graph.ts"
import type { RunNotes, RunReport } from "./RunReport.ts"

/**
 * What a job's row says of its run: classification, page count and OCR engine as the last stage that knew them said,
 * and milliseconds for each stage. Each goes by what a job's row calls it; stages made of others are left out, since those
 * inside them are counted.
 */
export const jobMetadataOf = (graph: PipelineGraph, report: RunReport): ProcessingJobMetadata => {
  const notes: RunNotes = Object.assign({}, ...report.stages.map((record) => record.notes))
  const { classification, ocrEngine, pageCount } = notes
  return {
    ...(classification !== undefined && { classification }),
    ...(pageCount !== undefined && { pageCount }),
    ...(ocrEngine !== undefined && { ocrEngine }),
    processingTime: { ...roundedMilliseconds(stageTimesOf(graph, report)), total: Math.round(report.totalMs) }
  }
}

/** Milliseconds of each stage by what a job's row calls it; see {@link jobMetadataOf}. */
export const stageTimesOf = (graph: PipelineGraph, { stages }: RunReport): Readonly<Record<string, number>> => {
  const nodes = nodesByPath(graph)
  const times: Record<string, number> = {}
  for (const { composite, durationMs, stage } of stages) {
    if (composite) continue
    const name = nodes.get(stage)?.rowName ?? stage
    times[name] = (times[name] ?? 0) + durationMs
  }
  return times
}

const roundedMilliseconds = (times: Readonly<Record<string, number>>): Record<string, number> => {
  const order: ReadonlyArray<string> = jobStages
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const entries = Object.entries(times).sort(([one], [other]) => rank(one) - rank(other))
  return Object.fromEntries(entries.map(([name, milliseconds]) => [name, Math.round(milliseconds)]))
}
