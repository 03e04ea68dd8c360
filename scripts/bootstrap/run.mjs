import { spawn } from "node:child_process"
import { constants } from "node:os"

const passedOn = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])

/**
 * Runs a command to its end and gives the code to exit with: its own, 128 + n when signal n killed it, 127 when it could
 * not be started. Signals that arrive meanwhile are passed on to it.
 *
 * @param {string} command
 * @param {ReadonlyArray<string>} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {"show" | "onFailure" | "stderr"} [options.output] `show` (default) leaves the streams as they are, `stderr`
 *   sends everything there, `onFailure` does so only when the command failed.
 * @param {(pid: number) => void} [options.onStart]
 * @returns {Promise<number>}
 */
export function run(command, args, { cwd, env, onStart, output = "show" } = {}) {
  return new Promise((resolve) => {
    /** @type {Array<Buffer>} */
    const kept = []
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: output === "show" ? "inherit" : output === "stderr" ? ["inherit", 2, 2] : ["ignore", "pipe", "pipe"]
    })
    child.stdout?.on("data", (chunk) => kept.push(chunk))
    child.stderr?.on("data", (chunk) => kept.push(chunk))

    const listeners = passedOn.map((signal) => {
      const listener = () => void child.kill(signal)
      process.on(signal, listener)
      return { signal, listener }
    })
    /** @param {number} code */
    const end = (code) => {
      for (const { signal, listener } of listeners) process.off(signal, listener)
      if (code !== 0) process.stderr.write(Buffer.concat(kept))
      resolve(code)
    }
    child.on("spawn", () => onStart?.(/** @type {number} A spawned child has one. */ (child.pid)))
    child.on("error", (error) => {
      if (child.pid !== undefined) return
      console.error(`${command}: ${error.message}`)
      end(127)
    })
    // A child that a signal killed has no code; taking that for success would turn a crash green.
    child.on("close", (code, signal) => {
      if (child.pid !== undefined) end(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
