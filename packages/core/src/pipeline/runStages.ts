/** Runs the stages of a pipeline, each as soon as its needs are met. */
import { Effect } from "effect"
import type { Slots } from "./Artifact.ts"
import type { Plan } from "./graph.ts"
import type { PipelineError } from "./PipelineError.ts"
import { runStage } from "./runStage.ts"
import type { Session } from "./Session.ts"
import type { AnyStage } from "./Stage.ts"
import { loadSlot } from "./storedSlots.ts"

/**
 * All artifacts that can be had: those given to begin with and those of all stages but the ones that wait for a person
 * and what depends on these. The first failure interrupts what else is running.
 *
 * @param prefix What stands before the names of the stages in their paths.
 */
export const runStages = (
  session: Session,
  plan: Plan,
  given: Slots,
  prefix: string
): Effect.Effect<Slots, unknown, unknown> => {
  const slots: Record<string, Slots[string]> = { ...given }
  const waitsFor = [...plan.waitsFor]

  const runAll = (places: ReadonlyArray<number>): Effect.Effect<void, unknown, unknown> =>
    places.length === 0
      ? Effect.void
      : places.length === 1
        ? runFrom(places[0]!)
        : Effect.forEach(places, runFrom, { concurrency: "unbounded", discard: true })

  const runFrom = (place: number): Effect.Effect<void, unknown, unknown> => {
    const stage = plan.stages[place]!
    const path = prefix + stage.name
    return Effect.flatMap(runStage(session, stage, path, pick(stage, slots), runStages), (gives) => {
      if (gives === null) return Effect.void
      const kept = prefix === "" ? withReplaced(session, stage, path, gives) : Effect.succeed(gives)
      return Effect.flatMap(kept, (ready) => {
        Object.assign(slots, ready)
        return runAll(plan.dependents[place]!.filter((dependent) => --waitsFor[dependent]! === 0))
      })
    })
  }

  const first = plan.stages.flatMap((_, place) => (plan.waitsFor[place] === 0 ? place : []))
  return Effect.map(runAll(first), () => inOrder(plan, given, slots))
}

/** Who was quicker must not show in the result. */
const inOrder = ({ stages }: Plan, given: Slots, slots: Slots): Slots => {
  const ordered: Record<string, Slots[string]> = { ...given }
  for (const { gives } of stages) for (const name in gives) if (slots[name] !== undefined) ordered[name] = slots[name]
  return ordered
}

const pick = ({ needs }: AnyStage, slots: Slots): Slots => {
  const picked: Record<string, Slots[string]> = {}
  for (const name of Object.keys(needs)) picked[name] = slots[name]!
  return picked
}

/** What `resume` was given counts in place of what the stage gives. */
const withReplaced = (
  session: Session,
  stage: AnyStage,
  path: string,
  gives: Slots
): Effect.Effect<Slots, PipelineError> => {
  const { stores } = session
  if (stores === null) return Effect.succeed(gives)
  const { replaced } = stores.state
  const names = Object.keys(gives).filter((name) => Object.hasOwn(replaced, name))
  if (names.length === 0) return Effect.succeed(gives)
  return Effect.forEach(names, (name) =>
    loadSlot(session, path, name, stage.gives[name]!, replaced[name]!).pipe(Effect.map((slot) => [name, slot] as const))
  ).pipe(Effect.map((slots) => ({ ...gives, ...Object.fromEntries(slots) })))
}
