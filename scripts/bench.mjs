// Measures speed as ratios and memory at its peak: node scripts/bootstrap.cjs scripts/bench.mjs [FILE...]
// A file is read in turn by Timegrid, warm and isolated as users have it, and by its reference, so that both meet the
// same load of the machine; their ratio is what can be compared between machines.
import { readFileSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { peakMemoryOf } from "./bench/processTree.mjs"
import { referenceFor } from "./bench/references.mjs"
import { root } from "./bootstrap/places.mjs"
import { buildPackages } from "./build/buildPackages.mjs"
import { sampleFiles } from "./samples.mjs"

const rounds = 9
const built = await buildPackages({ types: false, quiet: true })
if (built !== 0) process.exit(built)

const given = process.argv.slice(2).map((file) => path.resolve(process.env.INIT_CWD ?? process.cwd(), file))
const files = given.length > 0 ? given : sampleFiles()

/** @type {typeof import("../packages/timegrid/src/index.ts")} */
const { createTimegrid } = await import(pathToFileURL(path.join(root, "packages/timegrid/dist/index.js")).href)

const timegrid = await createTimegrid()
try {
  for (const file of files) {
    const line = await measure(file).catch((error) => {
      process.exitCode = 1
      return error.message
    })
    console.log(`${path.basename(file)}: ${line}`)
  }
} finally {
  await timegrid.close()
}

const command = path.join(root, "packages/timegrid/dist/cli.js")
const { code, peakBytes } = await peakMemoryOf([command, "extract", "--quiet", "--format", "json", ...files])
if (code !== 0) process.exitCode = 1
if (peakBytes > 0) console.log(`all at once: ${(peakBytes / 1e6).toFixed(0)} MB at the peak of the process tree`)

/** @param {string} file */
async function measure(file) {
  const bytes = readFileSync(file)
  const reference = referenceFor(file)
  const extract = () => timegrid.extract(new Uint8Array(bytes))
  const read = async () => reference?.read(file, bytes)
  await extract()
  await read()
  const rows = []
  for (let round = 0; round < rounds; round++) rows.push({ ours: await timed(extract), theirs: await timed(read) })
  const ours = `${median(rows.map((row) => row.ours)).toFixed(0)} ms`
  if (reference === undefined) return ours
  const ratios = rows.map((row) => row.ours / row.theirs)
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`
  return `${ours}, ${median(ratios).toFixed(2)} × ${reference.name} (${spread})`
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** @param {ReadonlyArray<number>} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
