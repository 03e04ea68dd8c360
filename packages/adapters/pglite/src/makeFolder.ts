import { mkdir, stat } from "node:fs/promises"
import path from "node:path"

/**
 * Makes a folder and those above it. Node's own way to do so never ends where a system that has the folder above says
 * that it has not, as in `/proc`.
 */
export const makeFolder = async (folder: string): Promise<void> => {
  if (await isFolder(folder)) return
  const above = path.dirname(folder)
  if (above !== folder) await makeFolder(above)
  try {
    await mkdir(folder)
  } catch (error) {
    // Somebody else may have been first.
    if (!(await isFolder(folder))) throw error
  }
}

const isFolder = (folder: string) =>
  stat(folder).then(
    (found) => found.isDirectory(),
    () => false
  )
