import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"

/** A folder for a server, which may run as another user, and how to remove it. */
export const openFolder = async (name: string) => {
  const folder = await mkdtemp(path.join(tmpdir(), `timegrid-${name}-`))
  await chmod(folder, 0o777)
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) }
}
