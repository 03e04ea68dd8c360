import { mkdirSync, readdirSync } from "node:fs"
import path from "node:path"
import { toolsFolder } from "../bootstrap/places.mjs"
import { capture } from "../bootstrap/run.mjs"
import { mapConcurrently } from "../build/mapConcurrently.mjs"
import { publishedPackages } from "./publishedPackages.mjs"

/**
 * Packs every published package as the registry would get it.
 *
 * @param {string} folder Gets one folder for each package.
 * @returns {Promise<Map<string, string>>} name of the package to its tarball
 */
export async function packPackages(folder) {
  const packed = await mapConcurrently(publishedPackages(), 4, async ({ folder: source, manifest }) => {
    const destination = path.join(folder, manifest.name.replaceAll("/", "-"))
    mkdirSync(destination, { recursive: true })
    const pnpm = path.join(toolsFolder, "node_modules/.bin/pnpm")
    const { code, output } = await capture(pnpm, ["pack", "--pack-destination", destination], { cwd: source })
    const [tarball] = readdirSync(destination)
    if (code !== 0 || tarball === undefined) throw new Error(`${manifest.name} cannot be packed:\n${output}`)
    return /** @type {const} */ ([manifest.name, path.join(destination, tarball)])
  })
  return new Map(packed)
}
