import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { root } from "../bootstrap/places.mjs"
import { capture } from "../bootstrap/run.mjs"

/**
 * All suites: unit, contract, end to end. A test that is skipped counts as failed.
 *
 * @param {string} folder for the report
 * @returns {import("./Check.mjs").Check}
 */
export const vitestCheck = (folder) => ({
  name: "tests",
  run: async () => {
    const report = path.join(folder, "vitest.json")
    const { code, output } = await capture(
      "vitest",
      ["run", "--config", "vitest.workspace.ts", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
      { cwd: root }
    )
    if (!existsSync(report)) return { passed: false, output }
    const { numFailedTests, numPassedTests, numTotalTests } = JSON.parse(readFileSync(report, "utf8"))
    const failed = numTotalTests - numPassedTests
    const skipped = failed - numFailedTests
    const passed = code === 0 && failed === 0
    return {
      passed,
      output: skipped === 0 ? output : `${output}\n${skipped} skipped`,
      // A crash outside of any test fails the run too.
      tests: { passed: numPassedTests, failed: passed ? 0 : Math.max(1, failed) }
    }
  }
})
