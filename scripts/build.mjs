// Builds every package: JavaScript by tsup, declarations and the check of all types by `tsc -b`. What has not changed is
// not built again. `--js` leaves the types out, for who only wants to run the result.
import { buildPackages } from "./build/buildPackages.mjs"

const code = await buildPackages({ types: !process.argv.includes("--js"), quiet: process.argv.includes("--quiet") })
process.exitCode = code
