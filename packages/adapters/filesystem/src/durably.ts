/** Changes to a folder that outlast a loss of power. */
import { mkdir, open, stat } from "node:fs/promises"
import path from "node:path"

/** Until the names in a folder are on the disk. Windows has no such thing. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === "win32") return
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Makes a folder and those above it, each on the disk before this resolves. Node's own way to make several never ends
 * where a system that has the folder above says that it has not, as in `/proc`.
 */
export const makeFolder = async (folder: string): Promise<void> => {
  if (await isFolder(folder)) return
  const above = path.dirname(folder)
  if (above !== folder) await makeFolder(above)
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    // Somebody else may have been first.
    if (!(await isFolder(folder))) throw error
  }
  await syncFolder(above)
}

const isFolder = (folder: string) =>
  stat(folder).then(
    (found) => found.isDirectory(),
    () => false
  )
