/** What every repository promises, whatever its table. */
import { assert, describe, type Vitest } from "@effect/vitest"
import type { ListPage, Repository, RepositoryError, RepositoryServices, Stored } from "@timegrid/core/repository"
import { Effect, Option, Stream } from "effect"
import { assertFailsAs, assertRefusedBy, reasonOf } from "./failures.ts"
import { unlike } from "./given.ts"

type Entity = { readonly id: string; readonly createdAt: string | null }
type Given<A> = Effect.Effect<A, RepositoryError, RepositoryServices>

/** What the suite must be told of a repository. */
export interface RepositorySample<
  E extends Entity,
  Input extends { readonly id?: string | undefined },
  Changes,
  Filter
> {
  /** The table in the database; its primary key is the constraint `<table>_pkey`. */
  readonly table: string
  readonly repository: Given<Repository<E, Input, Changes, Filter>>
  /** A filter, and inputs that match it; no other row of this suite does, unless `filter` says `shared`. */
  readonly scope: Given<{ readonly filter: Filter; readonly input: Given<Input>; readonly shared?: boolean }>
  /** A filter that no row matches. */
  readonly noMatch: Filter
  readonly changes: Changes
  /** What the changes make of a row. */
  readonly changed: Partial<E>
  /** By what is wrong with them. */
  readonly invalid: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** The tests that `it` runs for a repository. */
export const genericContract = <E extends Entity, Input extends { readonly id?: string | undefined }, Changes, Filter>(
  it: Vitest.MethodsNonLive<RepositoryServices>,
  sample: RepositorySample<E, Input, Changes, Filter>
): void => {
  const { changed, changes, invalid, noMatch, repository, scope, table } = sample
  const newInput = Effect.flatMap(scope, ({ input }) => input)
  const inserted = Effect.gen(function* () {
    return yield* (yield* repository).insert(yield* newInput)
  })

  it.effect("what is inserted is found as it was given, as version 1", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const input = yield* newInput
      const entity = yield* rows.insert(input)
      assert.deepStrictEqual(pick(entity, input), pick(input, entity))
      assert.strictEqual(entity.version, 1)
      assert.deepStrictEqual(Option.getOrThrow(yield* rows.find(entity.id)), entity)
      assert.deepStrictEqual(yield* rows.get(entity.id), entity)
    })
  )

  it.effect("an id that the caller chose is kept, and refused by the primary key the second time", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const id = unlike()
      assert.strictEqual((yield* rows.insert({ ...(yield* newInput), id })).id, id)
      yield* assertRefusedBy("UniqueViolation", `${table}_pkey`, rows.insert({ ...(yield* newInput), id }))
    })
  )

  it.effect("an id is the same in capitals", () =>
    Effect.gen(function* () {
      const entity = yield* inserted
      assert.deepStrictEqual(yield* (yield* repository).get(entity.id.toUpperCase()), entity)
    })
  )

  describe.each([
    ["an id that nobody has", unlike()],
    ["a text that is no id", "timetable-1"],
    ["a text that no row can hold", "a\0b"]
  ])("%s", (_, id) => {
    it.effect("is the id of no row", () =>
      Effect.gen(function* () {
        const rows = yield* repository
        assert.deepStrictEqual(yield* rows.find(id), Option.none())
        assert.deepStrictEqual(yield* rows.update(id, changes), Option.none())
        assert.isFalse(yield* rows.remove(id))
        const reason = yield* reasonOf(rows.get(id))
        assert.strictEqual(reason._tag === "RowMissing" && reason.id, id)
      })
    )
  })

  it.effect("an update changes what it names and nothing else, and counts", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const before = yield* inserted
      const after = Option.getOrThrow(yield* rows.update(before.id, changes))
      assert.deepStrictEqual(pick(after, changed), changed)
      assert.strictEqual(after.version, 2)
      assert.deepStrictEqual(without(after, changed, written), without(before, changed, written))
      assert.deepStrictEqual(yield* rows.get(before.id), after)
    })
  )

  it.effect("an update of nothing counts too", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const before = yield* inserted
      // No field is needed in changes, which the type parameter does not say.
      const after = Option.getOrThrow(yield* rows.update(before.id, {} as Changes))
      assert.strictEqual(after.version, 2)
      assert.deepStrictEqual(without(after, written), without(before, written))
    })
  )

  it.effect("who has read an older version can neither change nor remove the row", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const { id } = yield* inserted
      const after = Option.getOrThrow(yield* rows.update(id, changes, { ifVersion: 1 }))
      const late = [rows.update(id, changes, { ifVersion: 1 }), rows.remove(id, { ifVersion: 1 })]
      for (const write of late) {
        const reason = yield* reasonOf<unknown, never>(write)
        assert.strictEqual(reason._tag === "StaleVersion" && reason.expected, 1)
      }
      assert.deepStrictEqual(yield* rows.get(id), after)
      assert.isTrue(yield* rows.remove(id, { ifVersion: 2 }))
    })
  )

  it.effect("of several who change one version at once one does, and the others are told", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const { id } = yield* inserted
      const attempts = Array.from({ length: 5 }, () => Effect.result(rows.update(id, changes, { ifVersion: 1 })))
      const results = yield* Effect.all(attempts, { concurrency: "unbounded" })
      const failed = results.flatMap((result) => (result._tag === "Failure" ? [result.failure.reason._tag] : []))
      assert.deepStrictEqual(failed, Array(4).fill("StaleVersion"))
      assert.strictEqual((yield* rows.get(id)).version, 2)
    })
  )

  it.effect("what is removed is found no more, and removing it again says so", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const { id } = yield* inserted
      assert.isTrue(yield* rows.remove(id))
      assert.deepStrictEqual(yield* rows.find(id), Option.none())
      assert.isFalse(yield* rows.remove(id))
    })
  )

  describe.each(Object.entries(invalid))("%s", (_, wrong) => {
    it.effect("is refused as an invalid row, alone, among others and as a change, and nothing is written", () =>
      Effect.gen(function* () {
        const rows = yield* repository
        const { filter, input, shared } = yield* scope
        const right = yield* rows.insert(yield* input)
        // The compiler would refuse it too, but not everybody has one.
        const wrongInput = { ...(yield* input), ...wrong } as Input
        yield* assertFailsAs("RowInvalid", rows.insert(wrongInput))
        yield* assertFailsAs("RowInvalid", rows.insertMany([yield* input, wrongInput]))
        yield* assertFailsAs("RowInvalid", rows.update(right.id, wrong as Changes))
        assert.deepStrictEqual(yield* rows.get(right.id), right)
        if (shared !== true) assert.deepStrictEqual((yield* rows.list({ filter })).items, [right])
      })
    )
  })

  it.effect("many are inserted at once and given back in their order; no inputs give none", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const { input } = yield* scope
      const ids = Array.from({ length: 9 }, unlike)
      const inputs = yield* Effect.forEach(ids, (id) => Effect.map(input, (given) => ({ ...given, id })))
      const entities = yield* rows.insertMany(inputs)
      assert.deepStrictEqual(
        entities.map(({ id }) => id),
        ids
      )
      for (const entity of entities) assert.deepStrictEqual(yield* rows.get(entity.id), entity)
      assert.deepStrictEqual(yield* rows.insertMany([]), [])
    })
  )

  it.effect("of many of which one is refused none is inserted", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const { input } = yield* scope
      const [first, twice] = [unlike(), unlike()]
      const inputs = yield* Effect.forEach([first, twice, twice], (id) => Effect.map(input, (i) => ({ ...i, id })))
      yield* assertRefusedBy("UniqueViolation", `${table}_pkey`, rows.insertMany(inputs))
      assert.deepStrictEqual(yield* rows.find(first), Option.none())
    })
  )

  it.effect(
    "a list has each row that matches once, the newest first, though others come and go between its pages",
    () =>
      Effect.gen(function* () {
        const rows = yield* repository
        const { filter, input, shared } = yield* scope
        const inputs = yield* Effect.replicateEffect(input, 10)
        const entities = [...(yield* rows.insertMany(inputs))]
        for (const one of yield* Effect.replicateEffect(input, 5)) entities.push(yield* rows.insert(one))
        const found: Array<Stored<E>> = []
        const passing: Array<string> = []
        let page: ListPage<Stored<E>> = yield* rows.list({ filter, limit: 4 })
        while (true) {
          assert.isAtMost(page.items.length, 4)
          found.push(...page.items)
          for (const id of passing) yield* rows.remove(id)
          if (page.nextCursor === null) break
          const entity = yield* rows.insert(yield* input)
          passing.push(entity.id)
          page = yield* rows.list({ filter, limit: 4, after: page.nextCursor })
        }
        const own = new Set(entities.map(({ id }) => id))
        assert.deepStrictEqual(byId(found.filter(({ id }) => own.has(id))), byId(entities))
        // Of those that came in between, whoever came at the same moment as a row of the list may stand behind it.
        const expected = new Set([...own, ...passing])
        if (shared !== true) assert.isTrue(found.every(({ id }) => expected.has(id)))
        const moments = found.map(({ createdAt }) => String(createdAt))
        assert.deepStrictEqual(moments, moments.toSorted().reverse())
      })
  )

  it.effect("a page has 20 rows unless said otherwise, and the last one has no cursor", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const { filter, input, shared } = yield* scope
      yield* rows.insertMany(yield* Effect.replicateEffect(input, 20))
      const page = yield* rows.list({ filter })
      assert.strictEqual(page.items.length, 20)
      if (shared !== true) assert.isNull(page.nextCursor)
      yield* rows.insert(yield* input)
      const { nextCursor } = yield* rows.list({ filter })
      assert.isNotNull(nextCursor)
      const rest = yield* rows.list({ filter, after: nextCursor ?? "", limit: 100 })
      if (shared !== true) assert.strictEqual(rest.items.length, 1)
      assert.deepStrictEqual(yield* rows.list({ filter: noMatch }), { items: [], nextCursor: null })
    })
  )

  it.effect("a limit out of range, and a cursor of another list or filter or of nobody, is refused", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const { filter, input } = yield* scope
      yield* rows.insertMany(yield* Effect.replicateEffect(input, 2))
      for (const limit of [0, -1, 101, 1.5, Number.NaN])
        yield* assertFailsAs("RowInvalid", rows.list({ filter, limit }))
      const { nextCursor } = yield* rows.list({ filter, limit: 1 })
      const cursor = nextCursor ?? ""
      yield* assertFailsAs("RowInvalid", rows.list({ filter: noMatch, after: cursor }))
      for (const after of ["", "abc", "1", `${cursor}0`, cursor.slice(1), `9${cursor}`.slice(0, -1), "a\0b"])
        yield* assertFailsAs("RowInvalid", rows.list({ filter, after }))
    })
  )

  it.effect("a stream has all rows that match, each once, the newest first", () =>
    Effect.gen(function* () {
      const rows = yield* repository
      const { filter, input, shared } = yield* scope
      const entities = yield* rows.insertMany(yield* Effect.replicateEffect(input, 30))
      const found = Array.from(yield* Stream.runCollect(rows.stream(filter)))
      const own = new Set(entities.map(({ id }) => id))
      assert.deepStrictEqual(byId(found.filter(({ id }) => own.has(id))), byId(entities))
      if (shared !== true) assert.strictEqual(found.length, entities.length)
      assert.deepStrictEqual(Array.from(yield* Stream.runCollect(rows.stream(noMatch))), [])
    })
  )
}

/** What a change of anything writes besides. */
const written = { version: 0, updatedAt: null }

/** The fields of `value` that `like` has and says something of. */
const pick = (value: object, like: object) => {
  const names = Object.entries(like).flatMap(([name, field]) => (field === undefined ? [] : [name]))
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)))
}

const without = (value: object, ...unlikes: ReadonlyArray<object>) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !unlikes.some((unlike) => name in unlike)))

const byId = <E extends Entity>(entities: ReadonlyArray<E>) => entities.toSorted((a, b) => (a.id < b.id ? -1 : 1))
