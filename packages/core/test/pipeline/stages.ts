/** Stages over small numbers, to build pipelines from in tests. */
import { BlobStore, MemoryBlobStore } from "@timegrid/core"
import { type ArtifactsOf, type EffectStageContext, Journal, MemoryJournal, stage } from "@timegrid/core/pipeline"
import { Context, Effect } from "effect"
import * as z from "zod"

const number = z.number()

/** A stage `name` that makes the number `gives` from the number `needs`. */
export const step = <
  const Name extends string,
  const Needs extends string,
  const Gives extends string,
  E = never,
  R = never
>(
  name: Name,
  needs: Needs,
  gives: Gives,
  run: (value: number, context: EffectStageContext) => Effect.Effect<number, E, R> = (value) =>
    Effect.succeed(value + 1),
  options: Partial<Parameters<typeof stage.effect>[0]> = {}
) =>
  stage.effect<Name, Record<Needs, z.ZodNumber>, Record<Gives, z.ZodNumber>, E, R>({
    version: "1",
    ...options,
    name,
    // The compiler does not follow computed keys.
    needs: { [needs]: number } as Record<Needs, z.ZodNumber>,
    gives: { [gives]: number } as Record<Gives, z.ZodNumber>,
    run: (given, context) =>
      Effect.map(run(given[needs], context), (value) => ({ [gives]: value }) as ArtifactsOf<Record<Gives, z.ZodNumber>>)
  })

/** A journal and a place for its bytes, both empty. */
export const memoryStores = () =>
  Context.mergeAll(Context.make(Journal, MemoryJournal.make()), Context.make(BlobStore, MemoryBlobStore.make()))

/** Counts how often it is called by what. */
export const callCounter = () => {
  const calls = new Map<string, number>()
  const count = (name: string) => {
    calls.set(name, (calls.get(name) ?? 0) + 1)
  }
  return {
    count,
    /** Counts when it runs, and gives `value`. */
    giving: <A>(name: string, value: A) =>
      Effect.as(
        Effect.sync(() => count(name)),
        value
      ),
    of: (name: string) => calls.get(name) ?? 0,
    all: () => Object.fromEntries(calls)
  }
}
