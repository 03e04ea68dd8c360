// Builds what is due, then measures speed as ratios and memory at its peak: npm run bench [-- FILE...]
import path from "node:path"
import { root } from "./bootstrap/places.mjs"
import { run } from "./bootstrap/run.mjs"
import { buildPackages } from "./build/buildPackages.mjs"

const built = await buildPackages({ types: false, quiet: true })
process.exitCode =
  built === 0
    ? await run(process.execPath, [path.join(root, "scripts/bench/main.ts"), ...process.argv.slice(2)])
    : built
