// Reads the sample timetables, or the files that it is given, prints each as a week and says where its JSON lies.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { root } from "./bootstrap/places.mjs"
import { run } from "./bootstrap/run.mjs"
import { buildPackages } from "./build/buildPackages.mjs"
import { sampleFiles } from "./samples.mjs"

const callersFolder = process.env.INIT_CWD ?? process.cwd()
const output = path.join(root, ".timegrid/demo")

const given = process.argv.slice(2).map((file) => path.resolve(callersFolder, file))
const files = given.length > 0 ? given : sampleFiles()

/** Reads all files and gives the code of the command, which shows its progress itself. */
const extract = () => {
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  const command = path.join(root, "packages/timegrid/dist/cli.js")
  // Shown as the caller would name them.
  const names = files.map((file) => path.relative(callersFolder, file))
  const options = ["--format", "json", "--out", output]
  return run(process.execPath, [command, "extract", ...options, "--", ...names], { cwd: callersFolder })
}

const print = async () => {
  /** @type {typeof import("../packages/core/src/index.ts")} */
  const { toTable } = await import(pathToFileURL(path.join(root, "packages/core/dist/index.js")).href)
  for (const file of files) {
    const json = path.join(output, `${path.parse(file).name}.json`)
    if (!existsSync(json)) continue
    const extraction = JSON.parse(readFileSync(json, "utf8"))
    const options = { widthColumns: process.stdout.columns ?? 120, color: process.stdout.hasColors?.() ?? false }
    console.log(`\n${path.relative(callersFolder, file)}\n\n${toTable(extraction, options)}`)
    console.log(`JSON: ${path.relative(callersFolder, json)}`)
  }
}

const built = await buildPackages({ types: false, quiet: false })
if (built === 0) {
  process.exitCode = await extract()
  await print()
} else process.exitCode = built
