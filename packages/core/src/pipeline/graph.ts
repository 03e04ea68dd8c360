/** A pipeline as a graph: which stage waits for which. */
import type { JobStage } from "../domain/jobStatus.ts"
import { jobStages } from "../domain/jobStatus.ts"
import type { Tier } from "../domain/Tier.ts"
import type { AnyStage, StageKind } from "./Stage.ts"

/** One stage of a {@link PipelineGraph}. */
export interface StageNode {
  /** Its name; of a stage inside another `outer/inner`. */
  readonly path: string
  readonly version: string
  readonly kind: StageKind
  readonly cost: "free" | "metered"
  readonly needs: ReadonlyArray<string>
  readonly gives: ReadonlyArray<string>
  /** Paths of the stages that give what it needs. Stages inside a ladder have none: the ladder decides. */
  readonly after: ReadonlyArray<string>
  /** Which of a job's stages it belongs to: its own, else that of the stage around or before it; null before any. */
  readonly jobStage: JobStage | null
  /** What a job's row calls it: its job stage where it is one, else its name. */
  readonly rowName: string
  readonly tier: Tier | null
  readonly inner: ReadonlyArray<StageNode>
}

/** A pipeline as plain data. */
export interface PipelineGraph {
  readonly name: string
  readonly inputs: ReadonlyArray<string>
  /** In an order in which they could run one after the other. */
  readonly stages: ReadonlyArray<StageNode>
}

/** Who waits for whom among stages that stand in a legal order. */
export interface Plan {
  readonly stages: ReadonlyArray<AnyStage>
  /** For each stage, the places of the stages that need what it gives. */
  readonly dependents: ReadonlyArray<ReadonlyArray<number>>
  /** For each stage, how many others it waits for. */
  readonly waitsFor: ReadonlyArray<number>
}

/** Works out who waits for whom. */
export const planOf = (stages: ReadonlyArray<AnyStage>): Plan => {
  const giver = new Map(stages.flatMap((stage, place) => Object.keys(stage.gives).map((name) => [name, place])))
  const dependents: Array<Array<number>> = stages.map(() => [])
  const waitsFor = stages.map((stage, place) => {
    const givers = new Set(Object.keys(stage.needs).flatMap((name) => giver.get(name) ?? []))
    for (const each of givers) dependents[each]!.push(place)
    return givers.size
  })
  return { stages, dependents, waitsFor }
}

/** The stages at `places` and all that depend on them, in order. */
export const withDependents = ({ dependents }: Plan, places: Iterable<number>): ReadonlySet<number> => {
  const found = new Set(places)
  for (const place of found) for (const dependent of dependents[place]!) found.add(dependent)
  return found
}

/** The graph of a pipeline. */
export const graphOf = (
  name: string,
  inputs: ReadonlyArray<string>,
  stages: ReadonlyArray<AnyStage>
): PipelineGraph => ({ name, inputs, stages: nodesOf(stages, "", null) })

const isJobStage = (name: string): name is JobStage => jobStages.some((each) => each === name)

const nodesOf = (
  stages: ReadonlyArray<AnyStage>,
  prefix: string,
  outerJobStage: JobStage | null,
  areLinked = true
): ReadonlyArray<StageNode> => {
  const giver = new Map(stages.flatMap(({ gives, name }) => Object.keys(gives).map((artifact) => [artifact, name])))
  let last = outerJobStage
  return stages.map((stage) => {
    const own = stage.jobStage ?? (isJobStage(stage.name) ? stage.name : null)
    const jobStage = own ?? last
    // What comes after a review is no review.
    if (jobStage !== "review") last = jobStage
    const path = prefix + stage.name
    const givers = new Set(Object.keys(stage.needs).flatMap((artifact) => giver.get(artifact) ?? []))
    return {
      path,
      version: stage.version,
      kind: stage.kind,
      cost: stage.cost,
      needs: Object.keys(stage.needs),
      gives: Object.keys(stage.gives),
      after: areLinked ? [...givers].map((each) => prefix + each) : [],
      jobStage,
      rowName: own ?? stage.name,
      tier: stage.tier,
      inner: nodesOf(stage.inner, `${path}/`, jobStage, stage.kind === "pipeline")
    }
  })
}

/** All stages of a graph by path, those inside others included. */
export const nodesByPath = ({ stages }: PipelineGraph): ReadonlyMap<string, StageNode> => {
  const found = new Map<string, StageNode>()
  const add = (nodes: ReadonlyArray<StageNode>) => {
    for (const node of nodes) {
      found.set(node.path, node)
      add(node.inner)
    }
  }
  add(stages)
  return found
}
