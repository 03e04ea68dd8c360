// The command `timegrid` from the checkout: built where that is due, run in the folder of who called.
import path from "node:path"
import { pathToFileURL } from "node:url"
import { root } from "./bootstrap/places.mjs"
import { buildPackages } from "./build/buildPackages.mjs"

const built = await buildPackages({ types: false, quiet: process.env.npm_config_loglevel === "silent" })
if (built === 0) {
  const command = path.join(root, "packages/timegrid/dist/cli.js")
  process.chdir(process.env.INIT_CWD ?? process.cwd())
  process.argv.splice(1, 1, command)
  await import(pathToFileURL(command).href)
} else process.exitCode = built
