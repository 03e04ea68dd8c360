import { assert, layer } from "@effect/vitest"
import {
  Extractions,
  MemoryRepositories,
  ProcessingJobs,
  RepositoryError,
  type RepositoryServices,
  ReviewTasks,
  Timeblocks,
  Timetables,
  UploadedDocuments,
  Users
} from "@timegrid/core/repository"
import { Effect, type Layer, Option } from "effect"
import * as fc from "fast-check"
import { firstRows, type ModelIds, modelIds, type Operation, operation } from "./modelOperations.ts"

/**
 * A store of rows does what `MemoryRepositories` do, whatever is asked of it in whatever order: the same calls succeed
 * with the same rows, the same constraints refuse the others, and the same rows are there in the end. Needs `vitest`,
 * `@effect/vitest` and `fast-check`.
 */
export const repositoryModelContract = <E>(
  name: string,
  store: Layer.Layer<RepositoryServices, E>,
  { runs = 100 }: { readonly runs?: number } = {}
): void => {
  layer(store, { excludeTestServices: true })(`Repository model: ${name}`, (it) => {
    it.effect("whatever is asked of it, it does what rows in memory do", () =>
      Effect.gen(function* () {
        const tested = yield* Effect.context<RepositoryServices>()
        const property = fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 25 }), (operations) =>
          Effect.gen(function* () {
            const ids = modelIds()
            const expected = yield* Effect.provide(lifeOf(operations, ids), MemoryRepositories.layer)
            const found = yield* Effect.provideContext(lifeOf(operations, ids), tested)
            for (const [index, step] of found.entries())
              assert.deepStrictEqual(step, expected[index], `Step ${index} of ${found.length}`)
            // What is left would only make lists longer.
            for (const id of ids.users) yield* Effect.provideContext(removeUser(id), tested)
          }).pipe(Effect.runPromise)
        )
        // One seed, so that a build that passed passes again.
        yield* Effect.promise(() => fc.assert(property, { numRuns: runs, seed: 1 }))
      })
    )
  })
}

const removeUser = (id: string) => Users.use(({ remove }) => remove(id))

/** What comes of each operation, and what is there in the end. */
const lifeOf = (operations: ReadonlyArray<Operation>, ids: ModelIds) =>
  Effect.gen(function* () {
    yield* firstRows(ids)
    const outcomes = yield* Effect.forEach(operations, ({ run }) => Effect.result(run(ids)))
    return [...outcomes, ...(yield* rowsOf(ids))].map(plain)
  })

const rowsOf = (ids: ModelIds) =>
  Effect.gen(function* () {
    const timetables = yield* Timetables
    const extractions = yield* Extractions
    const finds: ReadonlyArray<Effect.Effect<unknown, RepositoryError>> = [
      ...ids.users.map((yield* Users).find),
      ...ids.timetables.map(timetables.findFilled),
      ...ids.timeblocks.map((yield* Timeblocks).find),
      ...ids.documents.map((yield* UploadedDocuments).find),
      ...ids.jobs.map((yield* ProcessingJobs).findNamed),
      ...ids.tasks.map((yield* ReviewTasks).find),
      ...ids.jobs.map((jobId) => Effect.map(extractions.list({ filter: { jobId } }), ({ items }) => items)),
      ...ids.users.map((userId) => Effect.map(timetables.listActive(userId, 100), byId)),
      ...ids.users.map((userId) =>
        Effect.map(timetables.listActiveView({ filter: { userId } }), ({ items }) => byId(items))
      )
    ]
    return yield* Effect.all(finds)
  })

const byId = <Item extends { readonly id: string }>(items: ReadonlyArray<Item>) =>
  items.toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** Without what two stores cannot have alike: moments, the ids that they chose, and what lies behind an error. */
const plain = (value: unknown): unknown => {
  if (value instanceof RepositoryError) {
    const { reason, table } = value
    return { table, tag: reason._tag, ...("constraint" in reason && { constraint: reason.constraint }) }
  }
  if (Array.isArray(value)) return value.map(plain)
  if (Option.isOption(value)) return plain(Option.getOrNull(value))
  if (typeof value !== "object" || value === null) return value
  if ("_tag" in value && value._tag === "Success" && "success" in value) return { success: plain(value.success) }
  if ("_tag" in value && value._tag === "Failure" && "failure" in value) return { failure: plain(value.failure) }
  const entries = Object.entries(value).filter(([field]) => !["createdAt", "updatedAt"].includes(field))
  // Only extractions choose their ids themselves here.
  const own = "result" in value ? entries.filter(([field]) => field !== "id") : entries
  return Object.fromEntries(own.map(([field, item]) => [field, plain(item)]))
}
