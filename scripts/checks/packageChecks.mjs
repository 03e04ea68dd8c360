import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import path from "node:path"
import { npmCommand } from "../bootstrap/npm.mjs"
import { capture } from "../bootstrap/run.mjs"
import { mapConcurrently } from "../build/mapConcurrently.mjs"
import { packPackages } from "../packages/packPackages.mjs"
import { manifestOf } from "../packages/publishedPackages.mjs"

/**
 * What is wrong with the packages as they would be published.
 *
 * @param {string} folder for the tarballs and a trial installation
 * @returns {import("./Check.mjs").Check}
 */
export const packageChecks = (folder) => ({
  name: "packages",
  run: async () => {
    const tarballs = await packPackages(path.join(folder, "tarballs"))
    const tools = /** @type {const} */ ([
      ["publint", ["run", "--strict"]],
      ["attw", ["--profile", "esm-only", "--no-emoji"]]
    ])
    const runs = [...tarballs.values()].flatMap((tarball) => tools.map(([tool, args]) => ({ args, tarball, tool })))
    const complaints = await mapConcurrently(runs, 2, async ({ args, tarball, tool }) => {
      const { code, output } = await capture(tool, [...args, tarball])
      return code === 0 ? "" : `${tool} ${path.basename(tarball)}: exit code ${code}\n${output}\n`
    })
    const core = /** @type {string} */ (tarballs.get("@timegrid/core"))
    const output = complaints.join("") + (await complaintsOfCoreAlone(core, path.join(folder, "core-alone")))
    return { passed: output === "", output }
  }
})

/**
 * Installs the core in an empty folder: it must import there, and bring nothing but what it and its peers declare.
 *
 * @param {string} tarball
 * @param {string} folder
 */
async function complaintsOfCoreAlone(tarball, folder) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }))
  const [npm, ...npmArguments] = npmCommand()
  const install = ["install", "--prefix", folder, "--prefer-offline", "--no-audit", "--no-fund", tarball]
  const installed = await capture(npm, [...npmArguments, ...install], { cwd: folder })
  if (installed.code !== 0) return `the core cannot be installed alone:\n${installed.output}\n`

  const program = `import("@timegrid/core").then((core) => { if (Object.keys(core).length === 0) process.exit(1) })`
  const imported = await capture(process.execPath, ["--eval", program], { cwd: folder })
  if (imported.code !== 0) return `the core cannot be imported alone:\n${imported.output}\n`

  const engines = enginesOfAdapters().filter((engine) => existsSync(path.join(folder, "node_modules", engine)))
  return engines.length === 0 ? "" : `the core brings engines: ${engines.join(", ")}\n`
}

/** What the adapters depend on and the core does not. */
function enginesOfAdapters() {
  const packages = path.resolve(import.meta.dirname, "../../packages")
  const core = manifestOf(path.join(packages, "core"))
  const known = new Set(Object.keys({ ...core.dependencies, ...core.peerDependencies }).concat(core.name))
  return readdirSync(path.join(packages, "adapters"))
    .flatMap((adapter) => Object.keys(manifestOf(path.join(packages, "adapters", adapter)).dependencies ?? {}))
    .filter((name) => !known.has(name))
}
