// Writes `api/<package>.api.md`, the reviewed public surface of each published package.
import { mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"
import { apiReport } from "./api/apiReport.mjs"
import { reportFile } from "./api/reportFile.mjs"
import { buildPackages } from "./build/buildPackages.mjs"
import { publishedPackages } from "./packages/publishedPackages.mjs"

const built = await buildPackages({ types: true, quiet: false })
if (built === 0) {
  for (const { folder, manifest } of publishedPackages()) {
    const file = reportFile(manifest.name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, apiReport(folder, manifest))
  }
}
process.exitCode = built
