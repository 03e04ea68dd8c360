/** A copy of a database's files while it is being changed: as long as it is there, the change has not come to its end. */
import { existsSync } from "node:fs"
import { cp, rename, rm } from "node:fs/promises"
import path from "node:path"

/** Where the files of the database in a folder lie. */
export const dataFolder = (folder: string): string => path.join(folder, "data")

const copyOf = (folder: string) => path.join(folder, "data.before")

/** Copies the files of a database that nothing writes to. */
export const makeSafetyCopy = async (folder: string): Promise<void> => {
  // A copy that was cut off has another name than one that is whole.
  const draft = `${copyOf(folder)}.copying`
  await rm(draft, { recursive: true, force: true })
  await cp(dataFolder(folder), draft, { recursive: true })
  await rename(draft, copyOf(folder))
}

/** The change went well. */
export const dropSafetyCopy = (folder: string): Promise<void> => rm(copyOf(folder), { recursive: true, force: true })

/** Puts the copy back in place of files that nobody has open; without a copy they stay. */
export const restoreSafetyCopy = async (folder: string): Promise<void> => {
  // Whoever is killed between the two steps finds the copy still there.
  if (!existsSync(copyOf(folder))) return
  await rm(dataFolder(folder), { recursive: true, force: true })
  await rename(copyOf(folder), dataFolder(folder))
}
