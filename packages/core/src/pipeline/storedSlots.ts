/** Artifacts of a run: through its stores where it has any, through their schemas always. */
import { Effect } from "effect"
import type * as z from "zod"
import { type ArtifactRef, load, normalise, type Schemas, type Slot, type Slots, store } from "./Artifact.ts"
import { ArtifactInvalid, PipelineError } from "./PipelineError.ts"
import { type KeptRun, type Stores, storing } from "./storing.ts"

/** Reads an artifact of a journalled run. */
export const loadSlot = (
  run: KeptRun,
  path: string | null,
  name: string,
  schema: z.ZodType,
  ref: ArtifactRef
): Effect.Effect<Slot, PipelineError> => {
  const { blobs } = storesOf(run)
  return storing(run.runId, path, load(blobs, name, schema, ref))
}

/** Reads several artifacts of a journalled run. */
export const loadSlots = Effect.fnUntraced(function* (
  run: KeptRun,
  path: string | null,
  schemas: Schemas,
  refs: Readonly<Record<string, ArtifactRef>>
): Effect.fn.Return<Slots, PipelineError> {
  const slots: Record<string, Slot> = {}
  for (const [name, schema] of Object.entries(schemas)) {
    const ref = refs[name]
    if (ref !== undefined) slots[name] = yield* loadSlot(run, path, name, schema, ref)
  }
  return slots
})

/** Takes values in: checks them, and stores them where the run is journalled. Names without a schema are left out. */
export const keepSlots = (
  run: KeptRun,
  path: string | null,
  schemas: Schemas,
  values: Readonly<Record<string, unknown>>,
  from: "caller" | "stage"
): Effect.Effect<Slots, PipelineError> => {
  const { stores } = run
  return stores === null
    ? normalisedSlots(run, path, schemas, values, from)
    : storedSlots(run, stores, path, schemas, values, from)
}

/** Takes the values of a trusted stage as they are, in a run without a journal. Names without a schema are left out. */
export const unkeptSlots = (schemas: Schemas, values: Readonly<Record<string, unknown>>): Slots => {
  const slots: Record<string, Slot> = {}
  for (const name in schemas) slots[name] = { value: values[name], ref: null }
  return slots
}

const normalisedSlots = (
  run: KeptRun,
  path: string | null,
  schemas: Schemas,
  values: Readonly<Record<string, unknown>>,
  from: "caller" | "stage"
): Effect.Effect<Slots, PipelineError> =>
  Effect.suspend(() => {
    const slots: Record<string, Slot> = {}
    for (const name in schemas) {
      try {
        slots[name] = { value: normalise(name, schemas[name]!, values[name], from), ref: null }
      } catch (reason) {
        if (reason instanceof ArtifactInvalid)
          return Effect.fail(new PipelineError({ runId: run.runId, stage: path, reason }))
        throw reason
      }
    }
    return Effect.succeed(slots)
  })

const storedSlots = Effect.fnUntraced(function* (
  run: KeptRun,
  { blobs, rests }: Stores,
  path: string | null,
  schemas: Schemas,
  values: Readonly<Record<string, unknown>>,
  from: "caller" | "stage"
): Effect.fn.Return<Slots, PipelineError> {
  const slots: Record<string, Slot> = {}
  for (const name in schemas) {
    const [schema, value] = [schemas[name]!, values[name]]
    // What a stage only hands on rests where it did.
    const known = typeof value === "object" && value !== null ? rests.get(value)?.get(schema) : undefined
    slots[name] = known ?? (yield* storing(run.runId, path, store(blobs, name, schema, value, from)))
    remember(rests, schema, slots[name])
  }
  return slots
})

const remember = (rests: Stores["rests"], schema: z.ZodType, slot: Slot) => {
  if (typeof slot.value !== "object" || slot.value === null) return
  const known = rests.get(slot.value)
  if (known === undefined) rests.set(slot.value, new Map([[schema, slot]]))
  else known.set(schema, slot)
}

/** Where the artifacts of these slots rest; all of a journalled run do. */
export const refsOf = (slots: Slots): Record<string, ArtifactRef> => {
  const refs: Record<string, ArtifactRef> = {}
  for (const name in slots) refs[name] = slots[name]!.ref!
  return refs
}

/** The values of slots. */
export const valuesOf = (slots: Slots): Record<string, unknown> => {
  const values: Record<string, unknown> = {}
  for (const name in slots) values[name] = slots[name]!.value
  return values
}

const storesOf = (run: KeptRun): Stores => {
  if (run.stores === null) throw new Error("a run without a journal has nothing stored")
  return run.stores
}
