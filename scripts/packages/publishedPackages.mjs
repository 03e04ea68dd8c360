import { readFileSync } from "node:fs"
import path from "node:path"
import { packageFolders } from "../bootstrap/places.mjs"

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {Record<string, Record<string, string> | null>} exports
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

/**
 * @param {string} folder
 * @returns {Manifest}
 */
export const manifestOf = (folder) => JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"))

/** The packages that go to the registry, each with its folder. */
export const publishedPackages = () =>
  packageFolders(["packages", "packages/adapters"])
    .map((folder) => ({ folder, manifest: manifestOf(folder) }))
    .filter(({ manifest }) => manifest.private !== true)
