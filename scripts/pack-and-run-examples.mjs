// Packs the packages and runs the examples against them outside the workspace, with the Node of the machine: what a
// user of the published packages gets, without the second OCR engine and with it. Where that Node is too old for the
// packages, the workspace's own takes its place.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { npmCommand } from "./bootstrap/npm.mjs"
import { root } from "./bootstrap/places.mjs"
import { capture, run } from "./bootstrap/run.mjs"
import { buildPackages } from "./build/buildPackages.mjs"
import { exampleNames } from "./checks/examplesCheck.mjs"
import { packPackages } from "./packages/packPackages.mjs"
import { manifestOf } from "./packages/publishedPackages.mjs"
import { complaintsOfSecondEngine } from "./packages/secondEngine.mjs"
import { samplesFolder } from "./samples.mjs"

process.exitCode = 1

const node = await findNode()
const folder = mkdtempSync(path.join(tmpdir(), "timegrid-examples-"))
try {
  process.exitCode = await packAndRun()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** @returns {Promise<number>} 0, or the code to exit with */
async function packAndRun() {
  const built = await buildPackages({ types: true, quiet: false })
  if (built !== 0) return built
  const tarballs = await packPackages(path.join(folder, "tarballs"))
  const packed = Object.fromEntries([...tarballs].map(([name, tarball]) => [name, `file:${tarball}`]))
  cpSync(samplesFolder, path.join(folder, "samples"), { recursive: true })

  for (const name of exampleNames()) {
    console.error(`Installing and running ${name} …`)
    const source = path.join(root, "examples", name)
    const example = path.join(folder, name)
    cpSync(source, example, { recursive: true, filter: (file) => path.basename(file) !== "node_modules" })
    const { dependencies = {}, ...manifest } = manifestOf(source)
    const wanted = Object.entries(dependencies).map(([dependency, range]) => [dependency, packed[dependency] ?? range])
    writeFileSync(
      path.join(example, "package.json"),
      // What the packages depend on among each other must be the packed ones too.
      JSON.stringify({ ...manifest, dependencies: Object.fromEntries(wanted), overrides: packed, devDependencies: {} })
    )
    const [npm, ...npmArguments] = npmCommand(node)
    const install = ["install", "--prefix", example, "--prefer-offline", "--no-audit", "--no-fund"]
    const env = { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) }
    const installed = await run(npm, [...npmArguments, ...install], { cwd: example, env, output: "onFailure" })
    if (installed !== 0) return installed
    const code = await run(node, ["main.ts"], { cwd: example, env })
    if (code !== 0) return code
  }
  console.error("Trying the second OCR engine …")
  const image = path.join(folder, "samples/timetable.png")
  const paddle = /** @type {string} */ (tarballs.get("@timegrid/paddle"))
  const complaints = await complaintsOfSecondEngine(path.join(folder, "01-extract-a-file"), { node, paddle, image })
  if (complaints.length > 0) {
    console.error(complaints.join("\n"))
    return 1
  }
  const { output } = await capture(node, ["--version"])
  console.log(`The examples run with Node ${output.trim()}.`)
  return 0
}

/** The Node of the machine, or this one where that cannot run what the packages need. */
async function findNode() {
  const hostNode = process.env.TIMEGRID_HOST_NODE ?? process.execPath
  const { output } = await capture(hostNode, ["--print", "process.versions.node"])
  const [major = 0, minor = 0] = output.trim().split(".").map(Number)
  return major > 22 || (major === 22 && minor >= 18) ? hostNode : process.execPath
}
