import path from "node:path"
import { root } from "../bootstrap/places.mjs"

/**
 * Where the reviewed report of a package lies.
 *
 * @param {string} packageName
 */
export const reportFile = (packageName) => path.join(root, "api", `${packageName.replace(/^@timegrid\//, "")}.api.md`)
