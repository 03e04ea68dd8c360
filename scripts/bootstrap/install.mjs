import { createHash } from "node:crypto"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { withLock } from "./lock.mjs"
import { npmCommand } from "./npm.mjs"
import { packageFolders, root, toolsFolder, workspaceNode } from "./places.mjs"
import { run } from "./run.mjs"

const pnpmVersion = "12.21.0"

/** In `node_modules`, so that who deletes those deletes the stamp with them. */
const stampFile = path.join(root, "node_modules/.timegrid-installed")
const pnpmStampFile = path.join(toolsFolder, "node_modules/.timegrid-installed")

/**
 * Installs pnpm and the workspace unless the last install was of the same manifests. Several at once wait for one.
 *
 * @param {{ readonly quiet: boolean }} options
 * @returns {Promise<number>} 0, or the code to exit with
 */
export async function ensureInstalled({ quiet }) {
  if (isInstalled()) return 0
  const output = quiet ? "onFailure" : "stderr"
  const say = quiet ? () => {} : console.error
  return withLock(
    path.join(toolsFolder, "install.lock"),
    async (onStart) => {
      if (isInstalled()) return 0
      rmSync(stampFile, { force: true })
      if (!isPnpmInstalled()) {
        say(`Installing pnpm ${pnpmVersion} into .tooling …`)
        const code = await installPnpm({ output, onStart })
        if (code !== 0) return code
        writeFileSync(pnpmStampFile, pnpmVersion)
      }
      say("Installing the workspace …")
      const [pnpm, ...pnpmArguments] = pnpmCommand()
      const code = await run(pnpm, [...pnpmArguments, "install", "--prefer-offline"], { cwd: root, output, onStart })
      if (code !== 0) return code
      if (!existsSync(workspaceNode)) {
        console.error("The workspace's own Node was not installed: its install script must be allowed to run.")
        return 1
      }
      writeFileSync(stampFile, manifestsHash())
      return 0
    },
    () => say("Another set-up of this checkout is running; waiting for it …")
  )
}

const isInstalled = () =>
  isPnpmInstalled() &&
  existsSync(workspaceNode) &&
  existsSync(stampFile) &&
  readFileSync(stampFile, "utf8") === manifestsHash()

const isPnpmInstalled = () => existsSync(pnpmStampFile) && readFileSync(pnpmStampFile, "utf8") === pnpmVersion

/** @param {Parameters<typeof run>[2]} options */
function installPnpm(options) {
  const [npm, ...npmArguments] = npmCommand()
  const silenced = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"]
  return run(npm, [...npmArguments, "install", "--prefix", toolsFolder, ...silenced, `pnpm@${pnpmVersion}`], options)
}

/** @returns {[string, ...Array<string>]} */
const pnpmCommand = () =>
  process.platform === "win32"
    ? [process.execPath, path.join(toolsFolder, "node_modules/pnpm/bin/pnpm.mjs")]
    : [path.join(toolsFolder, "node_modules/.bin/pnpm")]

/** A hash of all that an install depends on; a package that lacks its folder of dependencies changes it. */
function manifestsHash() {
  const hash = createHash("sha256")
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"]) hash.update(read(path.join(root, file)))
  for (const folder of packageFolders()) {
    hash.update(`\n${path.relative(root, folder)} ${existsSync(path.join(folder, "node_modules"))}\n`)
    hash.update(read(path.join(folder, "package.json")))
  }
  return hash.digest("hex")
}

/** @param {string} file */
const read = (file) => (existsSync(file) ? readFileSync(file) : "")
