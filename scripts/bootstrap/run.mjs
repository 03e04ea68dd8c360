import { spawn } from "node:child_process"
import { constants } from "node:os"

const passedOn = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(pid: number) => void} [onStart]
 */

/**
 * Runs a command to its end and gives the code to exit with: its own, 128 + n when signal n killed it, 127 when it could
 * not be started. Signals that arrive meanwhile are passed on to it.
 *
 * @param {string} command
 * @param {ReadonlyArray<string>} args
 * @param {RunOptions & { output?: "show" | "stderr" | "onFailure" }} [options] `output`: `show` (default) leaves the
 *   streams as they are, `stderr` sends everything there, `onFailure` does so only when the command failed.
 * @returns {Promise<number>}
 */
export async function run(command, args, { output = "show", ...options } = {}) {
  if (output === "show") return (await start(command, args, "inherit", options)).code
  if (output === "stderr") return (await start(command, args, ["inherit", 2, 2], options)).code
  const result = await capture(command, args, options)
  if (result.code !== 0) process.stderr.write(result.output)
  return result.code
}

/**
 * Like `run`, but keeps what the command writes, both streams as they came, and gives it no input.
 *
 * @param {string} command
 * @param {ReadonlyArray<string>} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ readonly code: number, readonly output: string }>}
 */
export const capture = (command, args, options = {}) => start(command, args, ["ignore", "pipe", "pipe"], options)

/**
 * @param {string} command
 * @param {ReadonlyArray<string>} args
 * @param {import("node:child_process").StdioOptions} stdio
 * @param {RunOptions} options
 * @returns {Promise<{ readonly code: number, readonly output: string }>}
 */
const start = (command, args, stdio, { cwd, env, onStart }) =>
  new Promise((resolve) => {
    /** @type {Array<Buffer>} */
    const chunks = []
    const child = spawn(command, args, { cwd, env, stdio })
    child.stdout?.on("data", (chunk) => chunks.push(chunk))
    child.stderr?.on("data", (chunk) => chunks.push(chunk))

    const listeners = passedOn.map((signal) => {
      const listener = () => {
        // A terminal has sent Ctrl-C to the child too; a second one would look like impatience.
        if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal)
      }
      process.on(signal, listener)
      return { signal, listener }
    })
    /** @param {number} code */
    const end = (code) => {
      for (const { listener, signal } of listeners) process.off(signal, listener)
      resolve({ code, output: Buffer.concat(chunks).toString() })
    }
    child.on("spawn", () => onStart?.(/** @type {number} A spawned child has one. */ (child.pid)))
    child.on("error", (error) => {
      if (child.pid !== undefined) return
      chunks.push(Buffer.from(`${command}: ${error.message}\n`))
      if (stdio === "inherit") console.error(`${command}: ${error.message}`)
      end(127)
    })
    // A child that a signal killed has no code; taking that for success would turn a crash green.
    child.on("close", (code, signal) => {
      if (child.pid !== undefined) end(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
