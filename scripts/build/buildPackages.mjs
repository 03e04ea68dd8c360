import path from "node:path"
import { withLock } from "../bootstrap/lock.mjs"
import { packageFolders, root, toolsFolder } from "../bootstrap/places.mjs"
import { run } from "../bootstrap/run.mjs"
import { mapConcurrently } from "./mapConcurrently.mjs"
import { forget, inputsOf, isCurrent, remember } from "./stamps.mjs"

const binary = (/** @type {string} */ name) => path.join(root, "node_modules/.bin", name)

/**
 * Brings `dist` of every package up to date. Several at once wait for one, and the others find nothing left to do.
 *
 * @param {{ readonly types: boolean, readonly quiet: boolean }} options
 * @returns {Promise<number>} 0, or the code to exit with
 */
export const buildPackages = ({ quiet, types }) =>
  withLock(
    path.join(toolsFolder, "build.lock"),
    async (onStart) => {
      const codes = await mapConcurrently(packageFolders(["packages", "packages/adapters"]), 4, async (folder) => {
        const inputs = inputsOf([
          path.join(folder, "src"),
          path.join(folder, "package.json"),
          path.join(folder, "tsup.config.ts"),
          // Some packages carry SQL.
          path.join(root, "migrations"),
          path.join(root, "tsup.preset.ts"),
          path.join(root, "package.json")
        ])
        const stamp = path.join(folder, "dist/.javascript")
        if (isCurrent(stamp, inputs)) return 0
        if (!quiet) console.error(`Building ${path.relative(root, folder)} …`)
        forget(stamp, inputs)
        const code = await run(binary("tsup"), [], { cwd: folder, output: "onFailure", onStart })
        if (code === 0) remember(stamp, inputs)
        else console.error(`${path.relative(root, folder)} cannot be built.`)
        return code
      })
      const failed = codes.find((code) => code !== 0)
      if (failed !== undefined || !types) return failed ?? 0

      const inputs = inputsOf([
        ...packageFolders(),
        path.join(root, "scripts"),
        path.join(root, "e2e"),
        path.join(root, "pnpm-lock.yaml"),
        path.join(root, "tsconfig.base.json"),
        path.join(root, "tsconfig.check.json"),
        path.join(root, "tsconfig.json")
      ])
      const stamp = path.join(root, "node_modules/.timegrid-types")
      const declarations = packageFolders(["packages", "packages/adapters"]).map((folder) =>
        path.join(folder, "dist/index.d.ts")
      )
      if (isCurrent(stamp, inputs, declarations)) return 0
      if (!quiet) console.error("Checking types and writing declarations …")
      forget(stamp)
      const code = await run(binary("tsc"), ["-b"], { cwd: root, output: "stderr", onStart })
      if (code === 0) remember(stamp, inputs)
      return code
    },
    () => {
      if (!quiet) console.error("Another build of this checkout is running; waiting for it …")
    }
  )
