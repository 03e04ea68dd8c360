import { assert, layer } from "@effect/vitest"
import { Journal, type JournalRow } from "@timegrid/core/pipeline"
import { Effect, type Layer } from "effect"
import * as fc from "fast-check"

const append = (runId: string, row: JournalRow) => Journal.use((journal) => journal.append(runId, row))
const read = (runId: string) => Journal.use((journal) => journal.read(runId))

const text = fc.string({ maxLength: 20, unit: "grapheme" })
const at = fc.nat({ max: 2 ** 42 })
const milliseconds = fc.double({ min: 0, max: 1e9, noNaN: true })
const amount = fc.record({ usd: fc.double({ min: 0, max: 100, noNaN: true }), pages: fc.nat() }, { requiredKeys: [] })
const ref = fc.oneof(
  text.map((value) => ({ json: JSON.stringify(value) })),
  fc.stringMatching(/^[0-9a-f]{64}$/).map((hash) => ({ hash }))
)
const refs = fc.dictionary(fc.stringMatching(/^[a-z]\w{0,9}$/), ref, { maxKeys: 3 })

const record = fc.record({
  stage: text,
  version: text,
  composite: fc.boolean(),
  attempts: fc.integer({ min: 1, max: 9 }),
  durationMs: milliseconds,
  notes: fc.record({ pageCount: fc.nat(), ocrEngine: text }, { requiredKeys: [] })
})

/** A row of any kind. */
const anyRow: fc.Arbitrary<JournalRow> = fc.oneof(
  fc.record({ kind: fc.constant("started" as const), at, pipeline: text, inputs: refs, budget: amount }),
  fc.record({
    kind: fc.constant("resumed" as const),
    at,
    invalidated: fc.array(text, { maxLength: 3 }),
    replaced: refs,
    budget: amount
  }),
  fc.record({ kind: fc.constant("finished" as const), at, inputHash: text, gives: refs, order: fc.nat(), record }),
  fc.record({ kind: fc.constant("reserved" as const), at, call: text, stage: text, provider: text, amount }),
  fc.record({ kind: fc.constant("settled" as const), at, call: text, amount }),
  fc.record({ kind: fc.constant("waiting" as const), at, stage: text, inputHash: text }),
  fc.record({
    kind: fc.constant("answered" as const),
    at,
    stage: text,
    answer: ref,
    inputHash: fc.option(text, { nil: null })
  }),
  fc.record({
    kind: fc.constant("rested" as const),
    at,
    outcome: fc.constantFrom("completed" as const, "failed" as const, "waiting" as const),
    code: fc.option(text, { nil: null }),
    errorClass: fc.option(fc.constantFrom("transient" as const, "refused" as const), { nil: null }),
    totalMs: milliseconds
  })
)

const rowAt = (at: number): JournalRow => ({ kind: "settled", at, call: `call-${at}`, amount: {} })

/**
 * The promises that every journal keeps. Needs `vitest`, `@effect/vitest` and `fast-check`.
 *
 * @example
 * journalContract("memory", MemoryJournal.layer)
 */
export const journalContract = <E>(name: string, journal: Layer.Layer<Journal, E>): void => {
  layer(journal, { excludeTestServices: true })(`Journal contract: ${name}`, (it) => {
    it.effect("a run that it does not know has no rows", () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* read("contract-unknown"), [])
      })
    )

    it.effect("rows of every kind are read as they were added, in that order", () =>
      Effect.gen(function* () {
        const service = yield* Journal
        let runs = 0
        const property = fc.asyncProperty(fc.array(anyRow, { maxLength: 12 }), (rows) =>
          Effect.gen(function* () {
            runs += 1
            const runId = `contract-any-${runs}`
            yield* Effect.forEach(rows, (row) => append(runId, row))
            assert.deepStrictEqual(yield* read(runId), rows)
          }).pipe(Effect.provideService(Journal, service), Effect.runPromise)
        )
        // One seed, so that a build that passed passes again.
        yield* Effect.promise(() => fc.assert(property, { numRuns: 50, seed: 1 }))
      })
    )

    it.effect("runs keep apart, also those whose ids begin alike", () =>
      Effect.gen(function* () {
        const runs = ["contract-a", "contract-a1", "contract-A", "contract-a/1"]
        yield* Effect.forEach(runs, (runId, index) => append(runId, rowAt(index)), { concurrency: "unbounded" })
        for (const [index, runId] of runs.entries()) assert.deepStrictEqual(yield* read(runId), [rowAt(index)])
      })
    )

    it.effect("rows that were read do not change when more are added", () =>
      Effect.gen(function* () {
        yield* append("contract-read", rowAt(1))
        const before = yield* read("contract-read")
        yield* append("contract-read", rowAt(2))
        assert.deepStrictEqual(before, [rowAt(1)])
        assert.deepStrictEqual(yield* read("contract-read"), [rowAt(1), rowAt(2)])
      })
    )

    it.effect("a run that was removed is unknown, and may begin anew; others stay", () =>
      Effect.gen(function* () {
        const remove = Journal.use((journal) => journal.remove("contract-removed"))
        yield* append("contract-stays", rowAt(1))
        yield* append("contract-removed", rowAt(2))
        yield* remove
        yield* remove
        assert.deepStrictEqual(yield* read("contract-removed"), [])
        yield* append("contract-removed", rowAt(3))
        assert.deepStrictEqual(yield* read("contract-removed"), [rowAt(3)])
        assert.deepStrictEqual(yield* read("contract-stays"), [rowAt(1)])
      })
    )

    it.effect("of rows that are added at once none is lost, and none is there twice", () =>
      Effect.gen(function* () {
        const rows = Array.from({ length: 100 }, (_, index) => rowAt(index))
        yield* Effect.forEach(rows, (row) => append("contract-together", row), { concurrency: "unbounded" })
        const found = (yield* read("contract-together")).map((row) => row.at)
        assert.deepStrictEqual(
          found.toSorted((a, b) => a - b),
          rows.map((row) => row.at)
        )
      })
    )
  })
}
