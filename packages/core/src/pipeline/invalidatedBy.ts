import { type Plan, planOf, withDependents } from "./graph.ts"
import type { AnyStage, StageKind } from "./Stage.ts"

/**
 * Paths of the stages whose results no longer count when the one at `path` is to run again: itself, what depends on it,
 * the stages around it, and the stages inside all of these. Null where there is no such stage.
 */
export const invalidatedBy = (plan: Plan, path: string): Array<string> | null =>
  invalidatedAmong(plan.stages, "pipeline", "", path.split("/"))

const invalidatedAmong = (
  stages: ReadonlyArray<AnyStage>,
  around: StageKind,
  prefix: string,
  [name, ...rest]: ReadonlyArray<string>
): Array<string> | null => {
  const place = stages.findIndex((stage) => stage.name === name)
  const stage = stages[place]
  if (stage === undefined) return null
  const path = prefix + stage.name
  const inside =
    rest.length === 0 ? pathsIn(stage.inner, `${path}/`) : invalidatedAmong(stage.inner, stage.kind, `${path}/`, rest)
  if (inside === null) return null
  return [path, ...inside, ...pathsIn(dependentsAmong(stages, around, place), prefix)]
}

const dependentsAmong = (
  stages: ReadonlyArray<AnyStage>,
  around: StageKind,
  place: number
): ReadonlyArray<AnyStage> => {
  // Whether a rung is reached depends on those before it; readings of a consensus do not know of each other.
  if (around === "ladder") return stages.slice(place + 1)
  if (around === "consensus") return []
  const dependents = withDependents(planOf(stages), [place])
  return stages.filter((_, each) => each !== place && dependents.has(each))
}

const pathsIn = (stages: ReadonlyArray<AnyStage>, prefix: string): Array<string> =>
  stages.flatMap(({ inner, name }) => [prefix + name, ...pathsIn(inner, `${prefix}${name}/`)])
