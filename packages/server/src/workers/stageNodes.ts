import type { PipelineGraph, StageNode } from "@timegrid/core/pipeline"

/** Every stage of the graph, each before those inside it. */
export const stageNodes = ({ stages }: Pick<PipelineGraph, "stages">): ReadonlyArray<StageNode> =>
  stages.flatMap((node) => [node, ...stageNodes({ stages: node.inner })])

/** The stage with this path, else the first that a job's row calls so; undefined where there is none. */
export const stageNamed = (graph: PipelineGraph, name: string): StageNode | undefined => {
  const nodes = stageNodes(graph)
  return nodes.find(({ path }) => path === name) ?? nodes.find(({ rowName }) => rowName === name)
}
