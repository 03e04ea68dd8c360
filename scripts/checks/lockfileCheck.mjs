import { readFileSync } from "node:fs"
import path from "node:path"
import { root } from "../bootstrap/places.mjs"

/**
 * The lockfile names no registry, so that it installs from whichever the machine is set to.
 *
 * @type {import("./Check.mjs").Check}
 */
export const lockfileCheck = {
  name: "lockfile",
  run: async () => {
    const lines = readFileSync(path.join(root, "pnpm-lock.yaml"), "utf8").split("\n")
    const hosts = lines.filter((line) => /https?:|tarball:|registry:/.test(line) && !line.includes("deprecated:"))
    return { passed: hosts.length === 0, output: hosts.join("\n") }
  }
}
