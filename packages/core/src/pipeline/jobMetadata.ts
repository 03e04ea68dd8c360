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
export const jobMetadataOf = (graph: PipelineGraph, { stages, totalMs }: RunReport): ProcessingJobMetadata => {
  const nodes = nodesByPath(graph)
  const processingTime: Record<string, number> = {}
  const notes: RunNotes = Object.assign({}, ...stages.map((record) => record.notes))
  for (const { composite, durationMs, stage } of stages) {
    if (composite) continue
    const name = nodes.get(stage)?.rowName ?? stage
    processingTime[name] = (processingTime[name] ?? 0) + durationMs
  }
  const { classification, ocrEngine, pageCount } = notes
  return {
    ...(classification !== undefined && { classification }),
    ...(pageCount !== undefined && { pageCount }),
    ...(ocrEngine !== undefined && { ocrEngine }),
    processingTime: { ...roundedMilliseconds(processingTime), total: Math.round(totalMs) }
  }
}

const roundedMilliseconds = (times: Readonly<Record<string, number>>): Record<string, number> => {
  const order: ReadonlyArray<string> = jobStages
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const entries = Object.entries(times).sort(([one], [other]) => rank(one) - rank(other))
  return Object.fromEntries(entries.map(([name, milliseconds]) => [name, Math.round(milliseconds)]))
}
