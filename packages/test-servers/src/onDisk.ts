import { execFileSync, type SpawnSyncReturns, spawnSync } from "node:child_process"
import { sayUntested } from "./sayUntested.ts"

/** In a namespace of its own, where this user may mount: it is gone with the process. */
const namespace = ["--user", "--map-root-user", "--mount", "sh", "-ec"]
const onMounted = 'mount -t tmpfs -o "$1" tmpfs "$2"; shift 2; exec "$@"'

/**
 * How a program ends that runs with `folder` as a disk of its own, mounted with `options` such as `"size=1m"`; null, and
 * said so at the end of the tests, where this system lets nobody have such a disk.
 */
export const onDisk = (
  folder: string,
  options: string,
  command: ReadonlyArray<string>
): SpawnSyncReturns<string> | null => {
  const mounted = (program: ReadonlyArray<string>) => [...namespace, onMounted, "sh", options, folder, ...program]
  try {
    execFileSync("unshare", mounted(["true"]))
  } catch (error) {
    if (process.env.CI) throw error
    sayUntested("on a disk of its own", "this system lets no user mount one.")
    return null
  }
  return spawnSync("unshare", mounted(command), { encoding: "utf8" })
}
