import type { DocumentReader } from "@timegrid/core"
import { Effect } from "effect"
import type { ParserPool } from "./ParserPool.ts"

/**
 * The same reader, run in a process of `pool`: here the bytes are only recognised. A reader without a module URL cannot
 * be loaded elsewhere and is returned as it is.
 */
export const isolateReader = (reader: DocumentReader, pool: ParserPool): DocumentReader => {
  const { module, name, recognize } = reader
  if (module === undefined) {
    return reader
  }
  return {
    name,
    recognize,
    module,
    check: Effect.fn("isolatedReader.check")((bytes, limits) =>
      Effect.scoped(Effect.flatMap(pool.acquire, (process) => process.check(module, bytes, limits)))
    ),
    open: Effect.fn("isolatedReader.open")(function* (bytes, limits) {
      const process = yield* pool.acquire
      const opened = yield* process.open(module, bytes, limits)
      return { ...opened, render: process.render }
    })
  }
}
