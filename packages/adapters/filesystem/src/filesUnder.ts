import type { Stats } from "node:fs"
import { opendir, stat } from "node:fs/promises"
import path from "node:path"
import { isMissing } from "./fileFailure.ts"
import { partOf } from "./fileNames.ts"

/** A blob's file. */
export interface BlobFile {
  readonly key: string
  readonly stats: Stats
}

/** The files of the keys that begin so; folders in which none can be are not opened, and what goes meanwhile is left out. */
export async function* filesUnder(folder: string, prefix: string, above = ""): AsyncGenerator<BlobFile> {
  for await (const entry of entriesOf(folder)) {
    const part = partOf(entry.name)
    if (part === null) continue
    const key = above + part
    const place = path.join(folder, entry.name)
    if (entry.isDirectory() && (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`))) {
      yield* filesUnder(place, prefix, `${key}/`)
    } else if (entry.isFile() && key.startsWith(prefix)) {
      const stats = await whereThere(stat(place))
      if (stats !== null) yield { key, stats }
    }
  }
}

async function* entriesOf(folder: string) {
  const opened = await whereThere(opendir(folder))
  if (opened !== null) yield* opened
}

const whereThere = <A>(asked: Promise<A>): Promise<A | null> =>
  asked.catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
