// Builds what is due, then measures speed as ratios and memory at its peak: npm run bench [-- FILE...]
import path from "node:path"
import { root } from "./bootstrap/places.mjs"
import { run } from "./bootstrap/run.mjs"
import { buildPackages } from "./build/buildPackages.mjs"

const built = await buildPackages({ types: false, quiet: true })
process.exitCode = built === 0 ? await measureAll(process.argv.slice(2)) : built

/**
 * The reading of documents, then what our own parts cost beside others and beside nothing, and the server.
 *
 * @param {ReadonlyArray<string>} files
 */
async function measureAll(files) {
  const reading = await run(process.execPath, [path.join(root, "scripts/bench/main.ts"), ...files])
  const sources = "--conditions=@timegrid/source"
  const engine = await run(process.execPath, [sources, path.join(root, "scripts/bench/pipeline.ts")])
  const queue = await run(process.execPath, [sources, path.join(root, "scripts/bench/queue.ts")])
  const repositories = await run(process.execPath, [sources, path.join(root, "scripts/bench/repositories.ts")])
  const server = await run(process.execPath, [sources, path.join(root, "scripts/bench/server.ts")])
  return reading || engine || queue || repositories || server
}
