/** What stages made of other stages share. */
import type { Schemas } from "./Artifact.ts"
import type { AnyStage } from "./Stage.ts"

/** All that one of the stages needs, without what others of them have given. */
export const needsOf = (stages: ReadonlyArray<AnyStage>): Schemas => {
  const needs: Record<string, Schemas[string]> = {}
  const given = new Set(stages.flatMap((stage) => Object.keys(stage.gives)))
  for (const stage of stages)
    for (const [name, schema] of Object.entries(stage.needs)) if (!given.has(name)) needs[name] ??= schema
  return needs
}

/** Changes whenever a stage inside does. */
export const versionOf = (version: string, inner: ReadonlyArray<AnyStage>): string =>
  [version, ...inner.map((stage) => `${stage.name}@${stage.version}`)].join(" ")

/** `metered` when a stage inside is. */
export const costOf = (inner: ReadonlyArray<AnyStage>): "free" | "metered" =>
  inner.some(({ cost }) => cost === "metered") ? "metered" : "free"
