import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { root } from "../bootstrap/places.mjs"
import { capture } from "../bootstrap/run.mjs"

/** The examples' folders, in their order. */
export const exampleNames = () =>
  readdirSync(path.join(root, "examples"))
    .filter((name) => /^\d\d-/.test(name))
    .sort()

/** An example that takes longer to read than this is none. */
const mostLines = 60

/** @param {string} folder */
const linesOf = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .reduce((sum, name) => sum + readFileSync(path.join(folder, name), "utf8").split("\n").length - 1, 0)

/**
 * Every example is short, runs to its end and prints something.
 *
 * @type {import("./Check.mjs").Check}
 */
export const examplesCheck = {
  name: "examples",
  run: async () => {
    let complaints = ""
    for (const name of exampleNames()) {
      const cwd = path.join(root, "examples", name)
      if (linesOf(cwd) >= mostLines) complaints += `${name}: ${linesOf(cwd)} lines are too many\n`
      const { code, output } = await capture(process.execPath, ["main.ts"], { cwd })
      if (code !== 0 || output.trim() === "") complaints += `${name}: exit code ${code}\n${output}\n`
    }
    return { passed: complaints === "", output: complaints }
  }
}
