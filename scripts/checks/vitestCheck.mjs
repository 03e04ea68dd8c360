import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { root } from "../bootstrap/places.mjs"
import { capture } from "../bootstrap/run.mjs"

/**
 * All suites: unit, contract, end to end. A test that is skipped counts as failed, unless a server that it needs could
 * not be had: that is said, and an error where `CI` is set.
 *
 * @param {string} folder for the report
 * @returns {import("./Check.mjs").Check}
 */
export const vitestCheck = (folder) => ({
  name: "tests",
  run: async () => {
    const report = path.join(folder, "vitest.json")
    const notes = path.join(folder, "missing-servers.txt")
    const { code, output } = await capture(
      "vitest",
      ["run", "--config", "vitest.workspace.ts", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
      { cwd: root, env: { ...process.env, TIMEGRID_TEST_NOTES: notes } }
    )
    if (!existsSync(report)) return { passed: false, output }
    const { numFailedTests, numPassedTests, numTotalTests } = JSON.parse(readFileSync(report, "utf8"))
    const missingServers = existsSync(notes) ? readFileSync(notes, "utf8") : ""
    const skipped = numTotalTests - numPassedTests - numFailedTests
    const failed = missingServers === "" ? numFailedTests + skipped : numFailedTests
    const passed = code === 0 && failed === 0
    return {
      passed,
      ...(missingServers === "" ? {} : { note: `${missingServers}${skipped} tests left out` }),
      output: skipped === 0 ? output : `${output}\n${skipped} skipped`,
      // A crash outside of any test fails the run too.
      tests: { passed: numPassedTests, failed: passed ? 0 : Math.max(1, failed) }
    }
  }
})
