/**
 * One thing that `npm test` looks at. It passes unless `run` says otherwise or throws.
 *
 * @typedef {object} Check
 * @property {string} name
 * @property {() => Promise<CheckResult>} run
 *
 * @typedef {object} CheckResult
 * @property {boolean} passed
 * @property {string} output Shown when the check failed.
 * @property {string} [note] What must be known of it though it passed.
 * @property {{ readonly passed: number, readonly failed: number }} [tests] What it counts as; one where left out.
 */

import { root } from "../bootstrap/places.mjs"
import { capture } from "../bootstrap/run.mjs"

/**
 * A check that is a command: it passes when that exits with 0.
 *
 * @param {string} name
 * @param {string} command
 * @param {ReadonlyArray<string>} args
 * @returns {Check}
 */
export const commandCheck = (name, command, args) => ({
  name,
  run: async () => {
    const { code, output } = await capture(command, args, { cwd: root })
    return { passed: code === 0, output: `${output}\nexit code ${code}` }
  }
})
