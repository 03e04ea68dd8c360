import type { PipelineGraph, StageNode } from "./graph.ts"

/** A drawing of the graph in Mermaid's language: stages as boxes, artifacts on the arrows, reviews as rounded ends. */
export const toMermaid = ({ inputs, stages }: PipelineGraph): string => {
  const lines = ["flowchart LR"]
  const id = (path: string) => path.replace(/[^A-Za-z0-9]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}`)
  const text = (words: string) => `"${words.replaceAll('"', "#quot;")}"`

  const draw = (nodes: ReadonlyArray<StageNode>, indent: string) => {
    for (const node of nodes) {
      const name = node.path.slice(node.path.lastIndexOf("/") + 1)
      const label = text(node.cost === "metered" ? `${name} ($)` : name)
      if (node.inner.length > 0) {
        lines.push(`${indent}subgraph ${id(node.path)} [${text(`${name}: ${node.kind}`)}]`)
        draw(node.inner, `${indent}  `)
        lines.push(`${indent}end`)
      } else lines.push(`${indent}${id(node.path)}${node.kind === "review" ? `([${label}])` : `[${label}]`}`)
    }
  }
  const connect = (nodes: ReadonlyArray<StageNode>, givenFrom: ReadonlyMap<string, string>) => {
    const giver = new Map(givenFrom)
    for (const { gives, path } of nodes) for (const artifact of gives) giver.set(artifact, id(path))
    for (const node of nodes) {
      const bySource = Map.groupBy(node.needs, (artifact) => giver.get(artifact))
      for (const [source, artifacts] of bySource)
        if (source !== undefined) lines.push(`  ${source} -- ${text(artifacts.join(", "))} --> ${id(node.path)}`)
      if (node.kind === "pipeline") connect(node.inner, new Map())
    }
  }

  for (const input of inputs) lines.push(`  input_${id(input)}[/${text(input)}/]`)
  draw(stages, "  ")
  const fromInputs = new Map(inputs.map((input) => [input, `input_${id(input)}`]))
  connect(stages, fromInputs)
  return `${lines.join("\n")}\n`
}
