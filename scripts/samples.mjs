import { existsSync, readdirSync } from "node:fs"
import path from "node:path"
import { root } from "./bootstrap/places.mjs"

/** The folder of the sample timetables. */
export const samplesFolder = path.join(root, "examples/samples")

/** The sample timetables, in the order of their names. */
export const sampleFiles = () =>
  (existsSync(samplesFolder) ? readdirSync(samplesFolder) : [])
    .filter((name) => /\.(pdf|docx|png|jpe?g)$/.test(name))
    .sort()
    .map((name) => path.join(samplesFolder, name))
