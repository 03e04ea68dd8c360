import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as fc from "fast-check"
import type * as z from "zod"
import {
  ClassifiedDocument,
  InterpretationArtifact,
  interpretPages,
  MemoryBlobStore,
  PagesArtifact,
  ReadPagesArtifact,
  Route,
  SourceDocument,
  UntimedExtraction
} from "../../src/index.ts"
import { load, store } from "../../src/pipeline/Artifact.ts"
import { arbitraryOf } from "../support/arbitraryOf.ts"
import { drawnWeek } from "./pages.ts"

/** Each artifact of the standard pipeline, with values that fit it. */
const artifacts = {
  document: SourceDocument,
  classification: ClassifiedDocument,
  pages: PagesArtifact,
  readPages: ReadPagesArtifact,
  interpretation: InterpretationArtifact,
  reading: UntimedExtraction,
  route: Route
} as const

/** A value after its way into the stores and back. */
const storedAndLoaded = <Schema extends z.ZodType>(name: string, schema: Schema, value: unknown) =>
  Effect.gen(function* () {
    const blobs = MemoryBlobStore.make()
    const { ref, value: handedOn } = yield* store(blobs, name, schema, value, "stage")
    const read = yield* load(blobs, name, schema, ref!)
    assert.deepStrictEqual(read.value, handedOn)
    // What was stored fits the schema, or storing would have failed.
    return read.value as z.output<Schema>
  })

describe("an artifact of the standard pipeline", () => {
  for (const [name, schema] of Object.entries(artifacts))
    it.effect(`comes back from a store as it was: ${name}`, () =>
      Effect.promise(() =>
        fc.assert(
          fc.asyncProperty(arbitraryOf<z.ZodType>(schema), async (value) => {
            assert.deepStrictEqual(await Effect.runPromise(storedAndLoaded(name, schema, value)), value)
          }),
          { numRuns: 40 }
        )
      )
    )

  it.effect("says the same of a week when its pages come from a store", () =>
    Effect.gen(function* () {
      const pages = [drawnWeek()]
      const interpretation = interpretPages(pages)
      assert.isAbove(interpretation.timeblocks.length, 5)
      const stored = yield* storedAndLoaded("pages", artifacts.pages, pages)
      assert.deepStrictEqual(stored, pages)
      assert.deepStrictEqual(interpretPages(stored), interpretation)
      assert.deepStrictEqual(
        yield* storedAndLoaded("interpretation", InterpretationArtifact, interpretation),
        interpretation
      )
    })
  )
})
