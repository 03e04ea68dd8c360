import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import path from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/**
 * The path of a command; where it is missing, Debian's package, by default of that name, is installed first if this
 * process may. No service of the package is started. Rejects with one clear sentence where it cannot be had.
 */
export const debianCommand = async (command: string, packageName = command): Promise<string> => {
  const found = onPath(command)
  if (found !== undefined) return found
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(`${command} is not on the PATH, and only root on Debian may install it.`)
  }
  const install = () =>
    run("apt-get", ["install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", packageName], {
      // At run level 1 a package's scripts start no service.
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" }
    })
  try {
    await install()
  } catch {
    // The list of packages may be missing or old.
    await run("apt-get", ["update", "-o", "DPkg::Lock::Timeout=120"])
    await install()
  }
  const installed = onPath(command)
  if (installed === undefined) throw new Error(`Debian's package ${packageName} brings no such command.`)
  return installed
}

const onPath = (command: string) =>
  [...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin"]
    .map((folder) => path.join(folder, command))
    .find((file) => existsSync(file))
