// node scripts/bootstrap.cjs [NODE OPTION...] SCRIPT [ARGUMENT...]: sets the workspace up where that is due, then runs
// SCRIPT with the workspace's own Node. Needs nothing but Node 20 and npm. `npm run --silent` silences the set-up too.
import path from "node:path"
import { ensureInstalled } from "./install.mjs"
import { root, toolsFolder, workspaceNode } from "./places.mjs"
import { run } from "./run.mjs"

const given = process.argv.slice(2)
const scriptIndex = given.findIndex((argument) => !argument.startsWith("-"))
const script = given[scriptIndex]
if (script === undefined) {
  console.error("usage: node scripts/bootstrap.cjs [NODE OPTION...] SCRIPT [ARGUMENT...]")
  process.exit(2)
}

// Until the command has ended, an early end of this process is a failure.
process.exitCode = 1

const installed = await ensureInstalled({ quiet: process.env.npm_config_loglevel === "silent" })
process.exitCode =
  installed === 0
    ? await run(workspaceNode, given.with(scriptIndex, path.join(root, script)), {
        env: {
          ...process.env,
          PATH: [
            path.dirname(workspaceNode),
            path.join(root, "node_modules/.bin"),
            path.join(toolsFolder, "node_modules/.bin"),
            process.env.PATH
          ].join(path.delimiter),
          // Scripts that try the packages outside the workspace do so with the Node of the machine.
          TIMEGRID_HOST_NODE: process.env.TIMEGRID_HOST_NODE ?? process.execPath
        }
      })
    : installed
