import { existsSync, readdirSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

/** The folder of the checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "")

/** What the bootstrap installs for itself, and its locks. Git ignores it. */
export const toolsFolder = path.join(root, ".tooling")

/** The Node that the workspace brings as a devDependency. */
export const workspaceNode = path.join(
  root,
  "node_modules/node/bin",
  process.platform === "win32" ? "node.exe" : "node"
)

/**
 * The folders of the workspace's packages and examples, sorted.
 *
 * @param {ReadonlyArray<string>} parents
 */
export const packageFolders = (parents = ["packages", "packages/adapters", "examples"]) =>
  parents
    .map((folder) => path.join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
    .filter((folder) => existsSync(path.join(folder, "package.json")))
    .sort()
