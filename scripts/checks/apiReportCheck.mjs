import { existsSync, readFileSync } from "node:fs"
import { apiReport } from "../api/apiReport.mjs"
import { reportFile } from "../api/reportFile.mjs"
import { publishedPackages } from "../packages/publishedPackages.mjs"

/**
 * The reviewed reports say what the packages export.
 *
 * @type {import("./Check.mjs").Check}
 */
export const apiReportCheck = {
  name: "API reports",
  run: async () => {
    const outdated = publishedPackages()
      .filter(({ folder, manifest }) => {
        const file = reportFile(manifest.name)
        return !existsSync(file) || readFileSync(file, "utf8") !== apiReport(folder, manifest)
      })
      .map(({ manifest }) => `${manifest.name} exports something else than its report says: run npm run api\n`)
    return { passed: outdated.length === 0, output: outdated.join("") }
  }
}
