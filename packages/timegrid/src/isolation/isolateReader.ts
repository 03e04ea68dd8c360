import type { DocumentReader } from "@timegrid/core"
import { Effect } from "effect"
import type { ParserPool } from "./ParserPool.ts"

/**
 * The same reader, run in a process of `pool`: only the first bytes are looked at here. A reader without a module URL
 * cannot be loaded elsewhere and is returned as it is.
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
    // The process checks before it opens; even a cheap check reads bytes that nobody vouches for.
    check: () => Effect.void,
    open: Effect.fn("isolatedReader.open")(function* (bytes, limits) {
      const process = yield* pool.acquire
      const opened = yield* process.open(module, bytes, limits)
      return { ...opened, render: process.render }
    })
  }
}
