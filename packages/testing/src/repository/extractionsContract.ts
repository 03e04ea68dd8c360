import { assert, type Vitest } from "@effect/vitest"
import { Extractions, type RepositoryServices } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { assertFailsAs, assertRefusedBy } from "./failures.ts"
import { genericContract } from "./genericContract.ts"
import { emptyExtraction, givenDocument, givenExtraction, givenJob, unlike } from "./given.ts"

/** The promises of `Extractions`. */
export const extractionsContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  genericContract(it, {
    table: "extractions",
    repository: Effect.gen(function* () {
      return yield* Extractions
    }),
    scope: Effect.map(givenDocument(), ({ id }) => ({
      filter: { documentId: id },
      input: Effect.sync(() => ({ documentId: id, schemaVersion: 1, result: emptyExtraction() }))
    })),
    noMatch: { documentId: unlike() },
    changes: { result: emptyExtraction({ confidence: 12.5 }) },
    changed: { result: emptyExtraction({ confidence: 12.5 }) },
    invalid: {
      "a result that is none": { result: { timeblocks: [] } },
      "text that Postgres refuses": { result: emptyExtraction({ file: "a\0b" }) }
    }
  })

  it.effect("an extraction is of a document and a job that there are, and a job has one", () =>
    Effect.gen(function* () {
      const extractions = yield* Extractions
      const { documentId, jobId } = yield* givenExtraction()
      const of = (given: object) =>
        extractions.insert({ documentId, schemaVersion: 1, result: emptyExtraction(), ...given })
      const orphan = of({ documentId: unlike() })
      yield* assertRefusedBy("ConstraintViolation", "extractions_document_id_fkey", orphan)
      yield* assertRefusedBy("ConstraintViolation", "extractions_job_id_fkey", of({ jobId: unlike() }))
      yield* assertRefusedBy("UniqueViolation", "idx_extractions_job_id", of({ jobId }))
    })
  )

  it.effect("what a job saves replaces what it saved before, and nothing else", () =>
    Effect.gen(function* () {
      const extractions = yield* Extractions
      const job = yield* givenJob()
      const { documentId, id: jobId } = job
      const other = yield* givenExtraction()
      const save = (confidence: number) =>
        extractions.save({ documentId, jobId, result: emptyExtraction({ confidence }) })
      const first = yield* save(1)
      assert.deepStrictEqual([first.schemaVersion, first.version], [1, 1])
      const second = yield* save(2)
      assert.deepStrictEqual([second.id, second.result.confidence, second.version], [first.id, 2, 2])
      const { items } = yield* extractions.list({ filter: { jobId } })
      assert.deepStrictEqual(items, [second])
      assert.deepStrictEqual(yield* extractions.find(other.id), Option.some(other))
      const wrong = extractions.save({ documentId, jobId, result: emptyExtraction({ file: "a\0b" }) })
      yield* assertFailsAs("RowInvalid", wrong)
      const lost = extractions.save({ documentId, jobId: unlike(), result: emptyExtraction() })
      yield* assertRefusedBy("ConstraintViolation", "extractions_job_id_fkey", lost)
    })
  )

  it.effect("a job that saves several times at once has one extraction", () =>
    Effect.gen(function* () {
      const extractions = yield* Extractions
      const { documentId, id: jobId } = yield* givenJob()
      const save = extractions.save({ documentId, jobId, result: emptyExtraction() })
      yield* Effect.replicateEffect(save, 5, { concurrency: "unbounded" })
      const { items } = yield* extractions.list({ filter: { jobId } })
      assert.deepStrictEqual(
        items.map(({ version }) => version),
        [5]
      )
    })
  )
}
