// Kills servers and pauses workers as often as counts, and shows the figures: npm run test:chaos
import { run } from "./bootstrap/run.mjs"

process.env.TIMEGRID_CHAOS = "full"
process.exitCode = await run("vitest", [
  "run",
  "--config",
  "vitest.workspace.ts",
  "packages/chaos",
  "packages/server/test/serving",
  "packages/adapters/postgres/test/plans"
])
