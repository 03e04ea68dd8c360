import { randomUUID } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import { CacheReferences, eraseCached, MemoryCache, referencingCache } from "@timegrid/core"
import { Effect, type Layer, Option } from "effect"

/** How one store's contract is run. */
export interface CacheReferencesContractOptions<R> {
  /** Makes a document that the store knows, and gives its id. Default any id: for stores that know no documents. */
  readonly makeDocument?: Effect.Effect<string, never, R>
}

/**
 * The promises that every store of references to cached answers keeps. Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * cacheReferencesContract("memory", MemoryCacheReferences.layer)
 */
export const cacheReferencesContract = <E, R = never>(
  name: string,
  store: Layer.Layer<CacheReferences | R, E>,
  { makeDocument = Effect.sync(() => randomUUID()) }: CacheReferencesContractOptions<R> = {}
): void => {
  const list = (documentId: string) =>
    Effect.map(
      CacheReferences.use((references) => references.list(documentId)),
      (keys) => keys.toSorted()
    )

  layer(store)(`CacheReferences contract: ${name}`, (it) => {
    it.effect("the keys of a document are listed, each once, and no other's", () =>
      Effect.gen(function* () {
        const [one, other] = [yield* makeDocument, yield* makeDocument]
        const references = yield* CacheReferences
        for (const key of ["a", "b", "a"]) yield* references.add(one, key)
        yield* references.add(other, "c")
        assert.deepStrictEqual(yield* list(one), ["a", "b"])
        assert.deepStrictEqual(yield* list(randomUUID()), [])
      })
    )

    it.effect("two who note the same at once both succeed", () =>
      Effect.gen(function* () {
        const documentId = yield* makeDocument
        const references = yield* CacheReferences
        yield* Effect.forEach(Array.from({ length: 10 }), () => references.add(documentId, "a"), {
          concurrency: "unbounded"
        })
        assert.deepStrictEqual(yield* list(documentId), ["a"])
      })
    )

    it.effect("a document that is removed is forgotten, and removing nothing succeeds", () =>
      Effect.gen(function* () {
        const documentId = yield* makeDocument
        const references = yield* CacheReferences
        yield* references.add(documentId, "a")
        yield* references.remove(documentId)
        assert.deepStrictEqual(yield* list(documentId), [])
        yield* references.remove(documentId)
      })
    )

    it.effect("whatever was put or found for a document is erased with it, and nothing else", () =>
      Effect.gen(function* () {
        const documentId = yield* makeDocument
        const references = yield* CacheReferences
        const cache = MemoryCache.make()
        yield* Effect.forEach(["found", "others"], (key) => cache.put(key, Uint8Array.of(1), "1 day"))
        const noting = referencingCache(cache, references, documentId)
        yield* noting.find("found")
        yield* noting.put("made", Uint8Array.of(2), "1 day")
        yield* eraseCached(cache, references, documentId)
        const isThere = yield* Effect.forEach(["found", "made", "others"], (key) =>
          Effect.map(cache.find(key), Option.isSome)
        )
        assert.deepStrictEqual(isThere, [false, false, true])
        assert.deepStrictEqual(yield* list(documentId), [])
      })
    )
  })
}
