import { execFileSync } from "node:child_process"
import { sayUntested } from "@timegrid/test-servers"

/** In a namespace of its own, where this user may mount: it is gone with the process. */
const namespace = ["--user", "--map-root-user", "--mount", "sh", "-ec"]
const onDisk = 'mount -t tmpfs -o size=1m tmpfs "$1"; shift; exec "$@"'

/**
 * What a program prints that runs with `folder` as a disk of one megabyte; null, and said so at the end of the tests,
 * where this system lets nobody have such a disk.
 */
export const onSmallDisk = (folder: string, program: string): string | null => {
  const run = (...command: ReadonlyArray<string>) =>
    execFileSync("unshare", [...namespace, onDisk, "sh", folder, ...command], { encoding: "utf8" })
  try {
    run("true")
  } catch (error) {
    if (process.env.CI) throw error
    sayUntested("on a full disk", "this system lets no user mount one of its own.")
    return null
  }
  return run(process.execPath, program, folder)
}
