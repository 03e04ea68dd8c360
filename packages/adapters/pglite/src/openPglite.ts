import { mkdir, open, readdir } from "node:fs/promises"
import path from "node:path"
import { PGlite } from "@electric-sql/pglite"
import { Effect, type Scope } from "effect"
import { lockFolder } from "./folderLock.ts"
import { type FolderInUse, FolderUnusable } from "./PgliteError.ts"

/** Where the database lies: a folder that is made where it is missing, or null for memory. */
export type PgliteFolder = string | null

/** Opens a database, and closes it with the scope: what was committed then lies on the disk, in files that open fast. */
export const openPglite = (folder: PgliteFolder): Effect.Effect<PGlite, FolderInUse | FolderUnusable, Scope.Scope> =>
  Effect.gen(function* () {
    if (folder === null) return yield* opened("memory", () => PGlite.create())
    yield* lockFolder(folder)
    const data = path.join(folder, "data")
    // Below the database itself, which is then closed first.
    yield* Effect.addFinalizer(() => Effect.promise(() => syncFolder(data)))
    return yield* opened(folder, async () => {
      await mkdir(data, { recursive: true })
      return PGlite.create({ dataDir: data })
    })
  })

const opened = (folder: string, create: () => Promise<PGlite>) =>
  Effect.acquireRelease(
    Effect.tryPromise({ try: create, catch: (cause) => new FolderUnusable({ folder, cause }) }),
    (database) =>
      Effect.promise(async () => {
        // Without one the next start replays what was written since the last.
        await database.exec("CHECKPOINT").catch(() => {})
        await database.close()
      })
  )

/** PGlite leaves its files to the cache of the operating system. */
const syncFolder = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = await open(path.join(entry.parentPath, entry.name), "r")
    try {
      await file.sync()
    } finally {
      await file.close()
    }
  }
}
