import { existsSync } from "node:fs"
import { open, readdir, stat } from "node:fs/promises"
import path from "node:path"
import { PGlite } from "@electric-sql/pglite"
import { Clock, Effect, type Scope } from "effect"
import { lockFolder } from "./folderLock.ts"
import { initialiseFolder } from "./initialiseFolder.ts"
import { type FolderInUse, FolderUnusable } from "./PgliteError.ts"
import { dataFolder, restoreSafetyCopy } from "./safetyCopy.ts"

/** Where the database lies: a folder that is made where it is missing, or null for memory. */
export type PgliteFolder = string | null

/** Opens a database, and closes it with the scope: what was committed then lies on the disk, in files that open fast. */
export const openPglite = (folder: PgliteFolder): Effect.Effect<PGlite, FolderInUse | FolderUnusable, Scope.Scope> =>
  Effect.gen(function* () {
    if (folder === null) return yield* opened("memory", () => PGlite.create())
    yield* lockFolder(folder)
    const data = dataFolder(folder)
    // A second less, since not every file system counts finer.
    const opening = (yield* Clock.currentTimeMillis) - 1000
    // Below the database itself, which is then closed first.
    yield* Effect.addFinalizer(() =>
      Effect.promise(async () => {
        await restoreSafetyCopy(folder)
        // Where it could not be made, there is none.
        if (existsSync(data)) await syncFolder(data, opening)
      })
    )
    return yield* opened(folder, async () => {
      await restoreSafetyCopy(folder)
      await initialiseFolder(data)
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

/** PGlite leaves its files to the cache of the operating system; those that were written since are put on the disk. */
const syncFolder = async (folder: string, since: number): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  await Promise.all(
    entries.map(async (entry) => {
      const name = path.join(entry.parentPath, entry.name)
      if ((await stat(name)).mtimeMs < since) return
      const file = await open(name, "r")
      await file.sync().finally(() => file.close())
    })
  )
}
