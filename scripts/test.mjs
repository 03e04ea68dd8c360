// Every check of the project. Independent ones run side by side; each is shown when it ends, and the last line counts.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { buildPackages } from "./build/buildPackages.mjs"
import { mapConcurrently } from "./build/mapConcurrently.mjs"
import { apiReportCheck } from "./checks/apiReportCheck.mjs"
import { commandCheck } from "./checks/Check.mjs"
import { examplesCheck } from "./checks/examplesCheck.mjs"
import { lockfileCheck } from "./checks/lockfileCheck.mjs"
import { packageChecks } from "./checks/packageChecks.mjs"
import { vitestCheck } from "./checks/vitestCheck.mjs"

// Whatever ends this process before its last line is a failure.
process.exitCode = 1
let interrupted = false
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => (interrupted = true))

const folder = mkdtempSync(path.join(tmpdir(), "timegrid-test-"))
const totals = { passed: 0, failed: 0 }
/** @type {Array<string>} */
const notes = []

/** @param {import("./checks/Check.mjs").Check} check */
const perform = async (check) => {
  if (interrupted) return
  const start = performance.now()
  /** @type {import("./checks/Check.mjs").CheckResult} */
  const result = await check.run().catch((error) => ({ passed: false, output: String(error?.stack ?? error) }))
  const { failed, passed } = result.tests ?? { passed: result.passed ? 1 : 0, failed: result.passed ? 0 : 1 }
  totals.passed += passed
  totals.failed += failed
  if (result.note !== undefined) notes.push(result.note)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${result.passed ? "✓" : "✗"} ${check.name} (${seconds} s)`)
  if (!result.passed) console.log(`${result.output}\n`)
}

try {
  await perform({
    name: "build and types",
    run: async () => ({ passed: (await buildPackages({ types: true, quiet: false })) === 0, output: "" })
  })
  const checks = [
    vitestCheck(folder),
    commandCheck("format and lint", "biome", ["check", "--error-on-warnings"]),
    commandCheck("unused code and dependencies", "knip", []),
    lockfileCheck,
    apiReportCheck,
    packageChecks(folder),
    examplesCheck
  ]
  // The others would only repeat what is wrong with the build.
  if (totals.failed === 0) await mapConcurrently(checks, 2, perform)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
for (const note of notes) console.log(note)
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = interrupted ? 130 : totals.failed === 0 ? 0 : 1
