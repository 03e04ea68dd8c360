import { execFile } from "node:child_process"
import { writeFile } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import type { Calibration } from "../../packages/core/src/confidence/Calibration.ts"

const root = path.resolve(import.meta.dirname, "../..")

/** The module that holds what was fitted last. */
const calibrationFile = path.join(root, "packages/core/src/confidence/calibration.v1.ts")

/** Writes a calibration as a module, formatted as all code is. */
export const writeCalibration = async (calibration: Calibration): Promise<void> => {
  const lines = [
    "// Written by `npm run calibrate`.",
    'import type { Calibration } from "./Calibration.ts"',
    "",
    "/** What was fitted on made documents, and how many of them there were. */",
    `export const calibration: Calibration = ${JSON.stringify(calibration)}`
  ]
  await writeFile(calibrationFile, lines.join("\n"))
  await promisify(execFile)(path.join(root, "node_modules/.bin/biome"), ["check", "--write", calibrationFile], {
    cwd: root
  })
}
